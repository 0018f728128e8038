using Kinema.Benchmarks;

// Prints Markdown tables; benchmarks/README.md holds those of one machine.
if (args is [RawHost.Child, var folder])
{
    await RawHost.ChildAsync(Console.Out, folder);
    return;
}

if (args is [MemoryBenchmark.Child, var picture, var seconds])
{
    await MemoryBenchmark.ChildAsync(Console.Out, picture, int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));
    return;
}

if (args is [SafetyMemory.Child, var shown, var manifest, var side])
{
    await SafetyMemory.ChildAsync(Console.Out, shown, manifest, side);
    return;
}

// startup and inspection take the builds to compare with, safety the manifest of a classifier, http a row (callers, runs queued before), the others nothing.
string[] all = ["frames", "motion", "inspection", "http", "gets", "callbacks", "store", "pages", "streams", "transfers", "expansion", "memory", "startup"];
string[] wanted = args switch { [] => all, ["startup" or "inspection" or "safety" or "http", ..] => [args[0]], _ => args };
string[] rest = args is ["startup" or "inspection" or "safety" or "http", .. var others] ? others : [];
var photograph = Path.Combine(AppContext.BaseDirectory, "samples", "raccoon-1024x768.jpg");
var second = Path.Combine(AppContext.BaseDirectory, "samples", "coffee-600x400.png");
var report = Console.Out;
foreach (var name in wanted)
{
    await report.WriteLineAsync($"\n### {name}\n");
    await (name switch
    {
        "frames" => FrameBenchmark.RunAsync(report, photograph),
        "motion" => MotionAsync(),
        "inspection" => InspectionBenchmark.RunAsync(report, rest.FirstOrDefault()),
        "http" => HttpBenchmark.RunAsync(report, total: 6000, rest),
        "memory" => BodyMemoryBenchmark.RunAsync(report),
        "gets" => GetBenchmark.RunAsync(report, photograph),
        "callbacks" => CallbackBenchmark.RunAsync(report),
        "store" => LargeStoreBenchmark.RunAsync(report),
        "pages" => PageBenchmark.RunAsync(report),
        "streams" => StreamBenchmark.RunAsync(report, photograph),
        "transfers" => TransferBenchmark.RunAsync(report),
        "safety" => SafetyBenchmark.RunAsync(report, photograph, rest.FirstOrDefault() ?? throw new ArgumentException("safety takes the manifest of a classifier; kinema safety install makes one.")),
        "expansion" => ExpansionBenchmark.RunAsync(report, photograph),
        "startup" => StartupBenchmark.RunAsync(report, rest),
        _ => throw new ArgumentException($"Unknown benchmark '{name}'; there are frames, motion, inspection, http, gets, callbacks, store, pages, streams, transfers, expansion, memory, startup and safety."),
    });
}

async Task MotionAsync()
{
    await AnalysisBenchmark.RunAsync(report, [photograph, second], rounds: 3);
    await MemoryBenchmark.RunAsync(report, photograph);
    await MotionBenchmark.RunAsync(report, photograph, rounds: 3);
}
