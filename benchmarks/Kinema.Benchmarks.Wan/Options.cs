using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>Command-line options: names of suites, <c>--device cuda:0</c>, <c>--threads 1</c>, <c>--model 14B</c> and <c>--type bfloat16</c>.</summary>
internal sealed record Options(IReadOnlyList<string> Suites, torch.Device Device, int? Threads, string? Model, IReadOnlyList<torch.ScalarType> Types)
{
    public static Options Parse(IReadOnlyList<string> args)
    {
        var (suites, device, threads, model, type) = (new List<string>(), (string?)null, (int?)null, (string?)null, (string?)null);
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--device": device = args[++i]; break;
                case "--threads": threads = int.Parse(args[++i], System.Globalization.CultureInfo.InvariantCulture); break;
                case "--model": model = args[++i]; break;
                case "--type": type = args[++i]; break;
                default: suites.Add(args[i]); break;
            }
        }

        return new(suites, torch.device(device ?? (torch.cuda.is_available() ? "cuda:0" : "cpu")), threads, model, Named(type));
    }

    private static torch.ScalarType[] Named(string? type) => type switch
    {
        null => [torch.float32, torch.bfloat16],
        "float32" => [torch.float32],
        "bfloat16" => [torch.bfloat16],
        _ => throw new ArgumentException($"Unknown type '{type}'; there are float32 and bfloat16."),
    };
}
