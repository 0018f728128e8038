using Kinema.Benchmarks.Wan;
using Kinema.Wan;

// Prints Markdown tables; `benchmarks/run wan load` runs one of: load, vae.
LibTorch.Prepare();
var wanted = args.Length == 0 ? ["load", "vae"] : args;
var report = Console.Out;
foreach (var name in wanted)
{
    await report.WriteLineAsync($"\n### wan {name}\n");
    await (name switch
    {
        "load" => LoadBenchmark.RunAsync(report, megabytes: 1024, rounds: 5),
        "vae" => VaeDecodeBenchmark.RunAsync(report, width: 832, height: 480),
        _ => throw new ArgumentException($"Unknown benchmark '{name}'; there are load and vae."),
    });
}
