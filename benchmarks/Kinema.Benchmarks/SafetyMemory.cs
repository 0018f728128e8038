using System.Diagnostics;
using System.Globalization;
using Kinema.Core.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Benchmarks;

/// <summary>Memory of a process that makes and checks videos, beside one that makes the same videos and checks none: a process of its own each, in turns.</summary>
internal static class SafetyMemory
{
    /// <summary>First argument of the program when it makes the videos of one process.</summary>
    public const string Child = "safety-memory";

    private const int Rounds = 3;
    private const int Videos = 3;
    private const double Mebibyte = 1 << 20;

    public static async Task<(double Resident, double Peak)> GrowthAsync(string photograph, string manifest)
    {
        List<(double Resident, double Peak)> plain = [], watched = [];
        for (var round = 0; round < Rounds; round++)
        {
            plain.Add(await RunAsync(photograph, manifest, "plain"));
            watched.Add(await RunAsync(photograph, manifest, "watched"));
        }

        return (Growth(side => side.Resident), Growth(side => side.Peak));

        double Growth(Func<(double Resident, double Peak), double> of) => Samples.Median([.. watched.Select(of)]) - Samples.Median([.. plain.Select(of)]);
    }

    /// <summary>Makes the videos and prints what is resident at the end and what was at most, MiB.</summary>
    public static async Task ChildAsync(TextWriter report, string photograph, string manifest, string side)
    {
        await using var services = SafetyBenchmark.Services(manifest);
        using var folder = new TemporaryFolder();
        var checker = services.GetRequiredService<ISafetyChecker>();
        for (var video = 0; video < Videos; video++)
            await SafetyBenchmark.RenderAsync(services, photograph, Path.Combine(folder.Path, "video.mp4"), side == "watched" ? checker.Watch(new(null, "the video")) : null);

        GC.Collect();
        using var self = Process.GetCurrentProcess();
        await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{self.WorkingSet64 / Mebibyte:0.0} {self.PeakWorkingSet64 / Mebibyte:0.0}"));
    }

    private static async Task<(double Resident, double Peak)> RunAsync(string photograph, string manifest, string side)
    {
        using var run = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(SafetyMemory).Assembly.Location, Child, photograph, manifest, side])
        {
            RedirectStandardOutput = true,
        })!;
        var said = (await run.StandardOutput.ReadToEndAsync()).Split();
        await run.WaitForExitAsync();
        return (double.Parse(said[0], CultureInfo.InvariantCulture), double.Parse(said[1], CultureInfo.InvariantCulture));
    }
}
