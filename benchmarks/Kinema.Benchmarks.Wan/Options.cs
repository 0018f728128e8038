using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>Command-line options: names of suites, <c>--device cuda:0</c>, <c>--threads 1</c>, <c>--model 14B</c>, <c>--type bfloat16</c>, and those of <see cref="ServedBenchmark"/>.</summary>
internal sealed record Options(IReadOnlyList<string> Suites, torch.Device Device, int? Threads, string? Model, IReadOnlyList<torch.ScalarType> Types, ServedOptions Served)
{
    public static Options Parse(IReadOnlyList<string> args)
    {
        var (suites, device, threads, model, type) = (new List<string>(), (string?)null, (int?)null, (string?)null, (string?)null);
        var served = new ServedOptions();
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--device": device = args[++i]; break;
                case "--threads": threads = Number(args[++i]); break;
                case "--area": served.Area = Number(args[++i]); break;
                case "--frames": served.Frames = Number(args[++i]); break;
                case "--steps": served.Steps = Number(args[++i]); break;
                case "--rounds": served.Rounds = Number(args[++i]); break;
                case "--first-rounds": served.FirstRounds = Number(args[++i]); break;
                case "--model": model = args[++i]; break;
                case "--type": type = args[++i]; break;
                default: suites.Add(args[i]); break;
            }
        }

        return new(suites, torch.device(device ?? (torch.cuda.is_available() ? "cuda:0" : "cpu")), threads, model, Named(type), served);
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static torch.ScalarType[] Named(string? type) => type switch
    {
        null => [torch.float32, torch.bfloat16],
        "float32" => [torch.float32],
        "bfloat16" => [torch.bfloat16],
        _ => throw new ArgumentException($"Unknown type '{type}'; there are float32 and bfloat16."),
    };
}
