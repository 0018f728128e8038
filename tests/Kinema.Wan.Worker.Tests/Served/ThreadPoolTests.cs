using System.Text.Json;

namespace Kinema.Wan.Worker.Tests.Served;

public sealed class ThreadPoolTests
{
    /// <summary>With as many threads as cores, the events of a run wait for its computation: .NET 10 adds threads only every second or two beside a busy processor.</summary>
    [Fact]
    public async Task The_worker_begins_with_more_threads_than_small_machines_have_cores()
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "kinema-wan.runtimeconfig.json"));
        using var config = await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken);

        var threads = config.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty("System.Threading.ThreadPool.MinThreads");
        Assert.True(threads.GetInt32() >= 16, $"{threads} threads");
    }
}
