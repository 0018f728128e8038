using System.Diagnostics;
using System.Globalization;

namespace Kinema.Benchmarks;

/// <summary>Inspection and reading of pictures of 12 megapixels and inspection of a clip of ten seconds, beside another build where one is given.</summary>
internal static class InspectionBenchmark
{
    private const int Rounds = 101;
    private const int InspectionsARound = 50;
    private const int LongRounds = 9;

    /// <param name="report">Receives the table.</param>
    /// <param name="other">Folder of another build's <c>Kinema.Media.dll</c>; null to measure this build alone.</param>
    public static async Task RunAsync(TextWriter report, string? other)
    {
        using var folder = new TemporaryFolder();
        var (mine, theirs) = (MediaBuild.This(), other is null ? null : MediaBuild.In(other));
        await report.WriteLineAsync("| | this build | other build | ratio | processor time, ms | other build | ratio |");
        await report.WriteLineAsync("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, path) in InspectedFiles.Pictures(folder.Path))
        {
            var inspection = Alternate(Rounds, InspectionsARound, mine.InspectImage, theirs?.InspectImage, path);
            await report.WriteLineAsync($"| {name}, inspected | {Cells(inspection, r => r.Wall * 1000, "0.0 µs")} | | | |");
            var reading = Alternate(LongRounds, 1, mine.ReadImage, theirs?.ReadImage, path);
            await report.WriteLineAsync($"| {name}, read | {Cells(reading, r => r.Wall, "0 ms")} | {Cells(reading, r => r.Processor, "0")} |");
        }

        foreach (var (name, path) in InspectedFiles.Clips(folder.Path))
        {
            var inspection = Alternate(LongRounds, 1, mine.InspectClip, theirs?.InspectClip, path);
            await report.WriteLineAsync($"| {name}, inspected | {Cells(inspection, r => r.Wall, "0 ms")} | {Cells(inspection, r => r.Processor, "0")} |");
        }

        await report.WriteLineAsync(FormattableString.Invariant($"\nMedians of {Rounds} rounds of {InspectionsARound} picture inspections, and of {LongRounds} others, in turn."));
    }

    private static (List<Sample> Mine, List<Sample> Theirs) Alternate(int rounds, int calls, Action<string> mine, Action<string>? theirs, string path)
    {
        List<Sample> own = [], other = [];
        // The first rounds compile.
        for (var round = -(rounds / 3); round < rounds; round++)
        {
            var (one, two) = (Measure(mine, path, calls), theirs is null ? null : Measure(theirs, path, calls));
            if (round < 0)
                continue;
            own.Add(one);
            if (two is not null)
                other.Add(two);
        }

        return (own, other);
    }

    private static Sample Measure(Action<string> act, string path, int calls)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), ProcessorMilliseconds());
        for (var i = 0; i < calls; i++)
            act(path);
        return new(Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls, (ProcessorMilliseconds() - before) / calls);
    }

    /// <summary>Of this process and of those it has waited for, in steps of 10 ms (proc(5), stat).</summary>
    private static double ProcessorMilliseconds() =>
        File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ')[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) * 10;

    private static string Cells((List<Sample> Mine, List<Sample> Theirs) samples, Func<Sample, double> value, string format)
    {
        var mine = Samples.Median(samples.Mine.Select(value));
        var own = mine.ToString(format, CultureInfo.InvariantCulture);
        if (samples.Theirs.Count == 0)
            return $"{own} | | ";

        var theirs = Samples.Median(samples.Theirs.Select(value));
        return string.Create(CultureInfo.InvariantCulture, $"{own} | {theirs.ToString(format, CultureInfo.InvariantCulture)} | {mine / theirs:0.00}");
    }

    private sealed record Sample(double Wall, double Processor);
}
