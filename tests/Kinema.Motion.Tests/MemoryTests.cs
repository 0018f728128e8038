using System.Diagnostics;
using System.Globalization;
using Kinema.Engines;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests;

/// <summary>Runs alone in the process, so that the memory of other tests does not count.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    [Trait("Set", "long")]
    public async Task Fifteen_seconds_take_no_more_memory_than_two()
    {
        await PeakAsync(2);
        var two = await PeakAsync(2);
        var fifteen = await PeakAsync(15);

        TestContext.Current.TestOutputHelper?.WriteLine($"2 s: {two >> 20} MiB, 15 s: {fifteen >> 20} MiB");
        ((fifteen - two) / 1048576.0).ShouldBeLessThan(30);
    }

    /// <summary>The peak memory of this process during encoding plus the peak of the encoder.</summary>
    private async Task<long> PeakAsync(int seconds)
    {
        GC.Collect();
        long own = 0;
        long encoder = 0;
        var frames = 0;
        int? id = null;
        var output = _harness.NewFile($"memory-{seconds}.mp4");
        await _harness.EncodeAsync(EngineHarness.Request(EngineHarness.Sample("raccoon-1024x768.jpg"), "push in", seconds, VideoResolution.Hd1080), output, () =>
        {
            // Only now and then, because the measurement allocates too.
            if (++frames % 15 != 0)
                return;
            id ??= EncoderOf(output);
            own = Math.Max(own, StatusOf(Environment.ProcessId, "VmRSS:"));
            encoder = Math.Max(encoder, StatusOf(id.Value, "VmHWM:"));
        });
        encoder.ShouldBeGreaterThan(0);
        return own + encoder;
    }

    private static int EncoderOf(string output) =>
        Process.GetProcessesByName("ffmpeg").Select(process => process.Id)
            .Single(id => File.ReadAllText($"/proc/{id}/cmdline").Contains(output, StringComparison.Ordinal));

    private static long StatusOf(int id, string field)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(text => text.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..^2], CultureInfo.InvariantCulture) * 1024;
    }
}
