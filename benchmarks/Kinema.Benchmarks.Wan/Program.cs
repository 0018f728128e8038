using Kinema.Benchmarks.Wan;
using Kinema.Wan;

// Prints Markdown tables; `benchmarks/run wan block` runs one suite. Without a name: load, block, text, vae, padding, cache,
// selfcheck and, on a GPU, step; resident, resident-time and served only by name, since they take minutes.
// --device cpu|cuda:0 (default: a GPU where there is one), --threads 1 (processor time of one thread), --model 1.3B|5B|14B (of
// the blocks), --type float32|bfloat16; of served --area, --frames, --steps, --rounds, --first-rounds.
if (args is [SelfCheckBenchmark.ChildCommand, var folder, var mode])
{
    await SelfCheckBenchmark.LoadOnceAsync(folder, mode);
    return;
}

if (args is [ResidentBenchmark.ChildCommand, var path, var resident])
{
    await ResidentBenchmark.LoadOnceAsync(path, resident);
    return;
}

LibTorch.Load();
var options = Options.Parse(args);
var (meter, report) = (new Meter(options.Device, options.Threads), Console.Out);
foreach (var name in options.Suites.Count == 0 ? ["load", "block", "text", "vae", "padding", "step", "cache", "selfcheck"] : options.Suites)
{
    await report.WriteLineAsync($"\n### wan {name}\n");
    await (name switch
    {
        "load" => LoadBenchmark.RunAsync(report, megabytes: 1024, rounds: 5),
        "block" => new BlockBenchmark(meter, report).RunAsync(options),
        "text" => new TextBlockBenchmark(meter, report).RunAsync(options),
        "vae" => new VaeDecodeBenchmark(meter, report).RunAsync(options, width: 256, height: 256),
        "vae480" => new VaeDecodeBenchmark(meter, report).RunAsync(options, width: 832, height: 480),
        "padding" => new PaddingBenchmark(meter, report).RunAsync(options),
        "resident" => new ResidentBenchmark(meter, report).MemoryAsync(),
        "resident-time" => new ResidentBenchmark(meter, report).TimeAsync(),
        "step" => new StepBenchmark(meter, report).RunAsync(),
        "served" => ServedBenchmark.RunAsync(report, options.Served),
        "selfcheck" => SelfCheckBenchmark.RunAsync(report),
        "cache" => StepCacheBenchmark.RunAsync(report),
        _ => throw new ArgumentException($"Unknown suite '{name}'; there are load, block, text, vae, vae480, padding, resident, resident-time, step, cache, selfcheck and served."),
    });
}
