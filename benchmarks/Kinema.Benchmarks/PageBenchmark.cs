using Kinema.Pages.Http;
using Kinema.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kinema.Benchmarks;

/// <summary>Pages of a server with a million ended runs in its store, one caller: composed for each request, and as served.</summary>
internal static class PageBenchmark
{
    private const int WarmUp = 200;
    private const int Total = 1000;

    private static readonly (string Name, string Path)[] _pages =
    [
        ("catalogue", "/models"), ("model", "/models/alibaba/wan/v2.7/image-to-video"), ("concept", "/concepts/callbacks"), ("documentation", "/docs/api"),
    ];

    public static async Task RunAsync(TextWriter report)
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        await LargeStoreBenchmark.FillAsync(data, LargeStoreBenchmark.Runs, []);
        var first = await FirstAsync(data);
        var composed = await MeasureAsync(data, keeps: false);
        var served = await MeasureAsync(data, keeps: true);

        await report.WriteLineAsync("| page | composed p50 | composed p99 | as served p50 | as served p99 | first after start | first view, bytes |");
        await report.WriteLineAsync("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, path) in _pages)
        {
            var (all, kept) = (composed[path], served[path]);
            await report.WriteLineAsync(FormattableString.Invariant(
                $"| {name} `{path}` | {all.Percentile(.5):0.00} ms | {all.Percentile(.99):0.00} ms | {kept.Percentile(.5):0.00} ms | {kept.Percentile(.99):0.00} ms | {first[path].Time:0} ms | {first[path].Bytes} |"));
        }
    }

    /// <summary>The first request for each page in a server process of its own: nothing is compiled or composed. The pages come in turn, so the first pays for all.</summary>
    private static async Task<Dictionary<string, (double Time, long Bytes)>> FirstAsync(string data)
    {
        await using var server = await ServerProcess.StartAsync(data, []);
        using var view = new FirstView(server.BaseAddress);
        var first = new Dictionary<string, (double, long)>();
        foreach (var (_, path) in _pages)
        {
            var samples = new Samples();
            await samples.MeasureAsync(() => view.ReadAsync(path));
            first[path] = (samples.Percentile(.5), await view.CountAsync(path));
        }

        return first;
    }

    private static async Task<Dictionary<string, Samples>> MeasureAsync(string data, bool keeps)
    {
        // A server process that is killed leaves this behind.
        File.Delete(Path.Combine(data, "kinema.open"));
        await using var app = KinemaServer.Build(new KinemaServerOptions { Urls = ["http://127.0.0.1:0"], DataFolder = data }, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new PageSender(keeps));
        });
        await app.StartAsync();
        using var view = new FirstView(new Uri(app.Urls.First()));
        var measured = _pages.ToDictionary(page => page.Path, _ => new Samples());
        foreach (var (_, path) in _pages)
        {
            for (var i = 0; i < WarmUp; i++)
                await view.ReadAsync(path);
        }

        for (var i = 0; i < Total; i++)
        {
            foreach (var (path, samples) in measured)
                await samples.MeasureAsync(() => view.ReadAsync(path));
        }

        await app.StopAsync();
        return measured;
    }
}
