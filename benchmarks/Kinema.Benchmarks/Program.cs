using Kinema.Benchmarks;

// Prints Markdown tables; `benchmarks/run` puts them into benchmarks/README.md.
var wanted = args.Length == 0 ? ["frames", "motion", "http", "startup"] : args;
var photograph = Path.Combine(AppContext.BaseDirectory, "samples", "raccoon-1024x768.jpg");
var report = Console.Out;
foreach (var name in wanted)
{
    await report.WriteLineAsync($"\n### {name}\n");
    await (name switch
    {
        "frames" => FrameBenchmark.RunAsync(report, photograph),
        "motion" => MotionBenchmark.RunAsync(report, photograph, rounds: 3),
        "http" => HttpBenchmark.RunAsync(report, total: 2000),
        "startup" => StartupBenchmark.RunAsync(report),
        _ => throw new ArgumentException($"Unknown benchmark '{name}'; there are frames, motion, http and startup."),
    });
}
