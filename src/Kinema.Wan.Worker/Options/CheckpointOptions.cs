using System.CommandLine;
using Kinema.Cli;
using Kinema.Cli.Output;

namespace Kinema.Wan.Worker.Options;

/// <summary>The options of every command that opens a checkpoint.</summary>
internal sealed class CheckpointOptions
{
    private readonly Terminal _terminal;
    private readonly Option<string?> _transformer = Part("--transformer", "The only transformer, or the one for high noise.");
    private readonly Option<string?> _lowNoise = Part("--low-noise-transformer", "The transformer for low noise (I2V-A14B).");
    private readonly Option<string?> _textEncoder = Part("--text-encoder", "The umT5 encoder.");
    private readonly Option<string?> _tokenizer = Part("--tokenizer", "spiece.model or tokenizer.json of google/umt5-xxl.");
    private readonly Option<string?> _vae = Part("--vae", "The VAE.");
    private readonly Option<string?> _imageEncoder = Part("--image-encoder", "The CLIP vision encoder (Wan 2.1).");
    private readonly Option<string> _device = new("--device") { HelpName = "cpu|cuda|cuda:N", Description = "What computes.", DefaultValueFactory = _ => "cpu" };
    private readonly Option<string> _precision = new("--dtype") { HelpName = "auto|bfloat16|float32", Description = "The type that it computes in.", DefaultValueFactory = _ => "auto" };
    private readonly Option<string?> _budget = new("--memory-budget") { HelpName = "SIZE", Description = "Most bytes of weights on the device at once, such as 24GB (default: what is free)." };
    private readonly Option<string> _resident = new("--resident") { HelpName = "auto|as-stored|widened", Description = "How matrices stay in memory: as their files store them, or in the type that computes.", DefaultValueFactory = _ => "auto" };
    private readonly Option<bool> _tiling = new("--vae-tiling") { Description = "The VAE works in tiles: less memory, slightly different results." };
    private readonly Option<int?> _threads = new("--threads") { HelpName = "N", Description = "Threads on the CPU, 1 to 1024 (default: libtorch's)." };
    private readonly Option<string[]> _loras = new("--lora") { HelpName = "FILE[:STRENGTH]", Description = "A LoRA to merge; may be repeated.", DefaultValueFactory = _ => [] };

    public CheckpointOptions(Terminal terminal)
    {
        _terminal = terminal;
        _precision.AcceptOnlyFromAmong("auto", "bfloat16", "float32");
        _resident.AcceptOnlyFromAmong("auto", "as-stored", "widened");
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _device, _precision, _budget, _resident, _tiling, _threads, _loras, _transformer, _lowNoise, _textEncoder, _tokenizer, _vae, _imageEncoder })
            command.Add(option);
    }

    public WanFiles Files(ParseResult parsed, string? folder) => new()
    {
        Folder = Resolve(folder),
        Transformer = Resolve(parsed.GetValue(_transformer)),
        LowNoiseTransformer = Resolve(parsed.GetValue(_lowNoise)),
        TextEncoder = Resolve(parsed.GetValue(_textEncoder)),
        Tokenizer = Resolve(parsed.GetValue(_tokenizer)),
        Vae = Resolve(parsed.GetValue(_vae)),
        ImageEncoder = Resolve(parsed.GetValue(_imageEncoder)),
    };

    /// <exception cref="CommandFailure">A size or a strength is no number.</exception>
    public WanOptions Model(ParseResult parsed) => new()
    {
        Device = parsed.GetValue(_device)!,
        Precision = parsed.GetValue(_precision) switch { "bfloat16" => WanPrecision.BFloat16, "float32" => WanPrecision.Float32, _ => WanPrecision.Auto },
        MemoryBudget = parsed.GetValue(_budget) is { } size ? ByteSize.Parse(size, "--memory-budget") : null,
        Resident = parsed.GetValue(_resident) switch { "as-stored" => WanResident.AsStored, "widened" => WanResident.Widened, _ => null },
        VaeTiling = parsed.GetValue(_tiling),
        Threads = parsed.GetValue(_threads),
        Loras = [.. parsed.GetValue(_loras)!.Select(lora => LoraArgument.Parse(lora, _terminal))],
    };

    /// <summary>Returns the name of the first given option that can belong to one checkpoint only; null if there is none.</summary>
    public string? NamesParts(ParseResult parsed) =>
        new Option<string?>[] { _transformer, _lowNoise, _textEncoder, _tokenizer, _vae, _imageEncoder }.FirstOrDefault(part => parsed.GetValue(part) is not null)?.Name
        ?? (parsed.GetValue(_loras)!.Length > 0 ? _loras.Name : null);

    private string? Resolve(string? path) => path is null ? null : _terminal.Resolve(path);

    private static Option<string?> Part(string name, string description) => new(name) { HelpName = "PATH", Description = description };
}
