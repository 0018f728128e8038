using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>What the command line asks for: names of suites, <c>--device cuda:0</c>, <c>--threads 1</c> and <c>--model 14B</c>.</summary>
internal sealed record Options(IReadOnlyList<string> Suites, torch.Device Device, int? Threads, string? Model)
{
    public static Options Parse(IReadOnlyList<string> args)
    {
        var (suites, device, threads, model) = (new List<string>(), (string?)null, (int?)null, (string?)null);
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--device": device = args[++i]; break;
                case "--threads": threads = int.Parse(args[++i], System.Globalization.CultureInfo.InvariantCulture); break;
                case "--model": model = args[++i]; break;
                default: suites.Add(args[i]); break;
            }
        }

        return new(suites, torch.device(device ?? (torch.cuda.is_available() ? "cuda:0" : "cpu")), threads, model);
    }
}
