using System.Text.Json;
using TorchSharp;

namespace Kinema.Wan.Checkpoints.Loras;

/// <summary>The LoRAs of one model, opened and matched with its tensors.</summary>
internal sealed class LoraSet : IDisposable
{
    // Suffixes of names, and the role of a tensor in its module.
    private static readonly (string Suffix, Role Role)[] _roles =
    [
        (".lora_A.weight", Role.Down), (".lora_A.default.weight", Role.Down), (".lora_down.weight", Role.Down), (".lora.down.weight", Role.Down),
        (".lora_B.weight", Role.Up), (".lora_B.default.weight", Role.Up), (".lora_up.weight", Role.Up), (".lora.up.weight", Role.Up),
        (".alpha", Role.Alpha), (".diff", Role.Difference), (".diff_b", Role.BiasDifference), (".diff_m", Role.ModulationDifference),
    ];

    private static readonly string[] _otherMethods = [".dora_scale", ".lora_magnitude_vector", ".hada_w1_a", ".lokr_w1", ".lokr_w1_a", ".oft_blocks"];

    private readonly List<TensorSet> _files = [];
    private readonly Dictionary<string, List<LoraDelta>> _deltas = new(StringComparer.Ordinal);
    private readonly List<LoraReport> _reports = [];

    private enum Role
    {
        Down,
        Up,
        Alpha,
        Difference,
        BiasDifference,
        ModulationDifference,
    }

    /// <summary>One report for each file, in file order.</summary>
    public IReadOnlyList<LoraReport> Reports => _reports;

    /// <summary>Opens the files and matches them with a model.</summary>
    /// <exception cref="CheckpointException">A file is damaged, not a LoRA, does not fit, or changes nothing of the model.</exception>
    public static LoraSet Open(IEnumerable<LoraFile> loras, TensorSet model)
    {
        var set = new LoraSet();
        try
        {
            var targets = new LoraTargets(model);
            foreach (var lora in loras)
                set.Add(lora, targets);
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Returns the deltas of the tensor of that name; empty for most.</summary>
    public IReadOnlyList<LoraDelta> For(string name) => _deltas.TryGetValue(name, out var deltas) ? deltas : [];

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }

    private void Add(LoraFile lora, LoraTargets targets)
    {
        var file = TensorSet.Open(lora.Path);
        _files.Add(file);
        var unmatched = new List<string>();
        var modules = new Dictionary<string, Dictionary<Role, StoredTensor>>(StringComparer.Ordinal);
        foreach (var tensor in file.Tensors.Values)
        {
            if (_otherMethods.Any(m => tensor.Name.Contains(m, StringComparison.Ordinal)))
                throw new CheckpointException($"{lora.Path}: \"{tensor.Name}\" is of another method (DoRA, LoHa, LoKr, OFT); only plain LoRA is supported.");
            if (_roles.FirstOrDefault(r => tensor.Name.EndsWith(r.Suffix, StringComparison.Ordinal)) is not { Suffix: { } suffix } known)
                unmatched.Add(tensor.Name);
            else if (!(modules.TryGetValue(tensor.Name[..^suffix.Length], out var parts) ? parts : modules[tensor.Name[..^suffix.Length]] = []).TryAdd(known.Role, tensor))
                throw new CheckpointException($"{lora.Path} names \"{tensor.Name}\" in two ways.");
        }

        var alpha = DefaultAlpha(file, lora.Path);
        var merged = modules.Sum(module => Match(module.Key, module.Value, lora, alpha, targets, unmatched));
        if (merged == 0)
        {
            throw new CheckpointException(
                $"{lora.Path} changes nothing: none of its {file.Tensors.Count} tensors belongs to this model (the first is \"{file.Tensors.Keys.FirstOrDefault()}\").");
        }

        _reports.Add(new LoraReport(lora.Path, lora.Strength, merged, [.. unmatched.Order(StringComparer.Ordinal)]));
    }

    private int Match(
        string module, Dictionary<Role, StoredTensor> parts, LoraFile lora, double? defaultAlpha, LoraTargets targets, List<string> unmatched)
    {
        var merged = 0;
        if (parts.ContainsKey(Role.Down) != parts.ContainsKey(Role.Up))
            throw new CheckpointException($"{lora.Path}: \"{module}\" has only one of its two matrices.");
        if (parts.TryGetValue(Role.Down, out var down))
        {
            var rank = down.Entry.Shape.FirstOrDefault(1);
            var alpha = parts.TryGetValue(Role.Alpha, out var stored) ? Number(stored) : defaultAlpha ?? rank;
            merged += AddDelta(targets.Weight(module), new LoraDelta(parts[Role.Up], down, null, lora.Strength * alpha / Math.Max(1, rank)));
        }

        foreach (var (role, target) in new[]
        {
            (Role.Difference, targets.Weight(module)), (Role.BiasDifference, targets.Bias(module)),
            (Role.ModulationDifference, targets.Weight(module + ".modulation")),
        })
        {
            if (parts.TryGetValue(role, out var difference))
                merged += AddDelta(target, new LoraDelta(null, null, difference, lora.Strength));
        }

        if (merged == 0)
            unmatched.AddRange(parts.Values.Select(t => t.Name));
        return merged;
    }

    private int AddDelta(StoredTensor? target, LoraDelta delta)
    {
        if (target is null)
            return 0;
        delta.CheckAgainst(target);
        if (!_deltas.TryGetValue(target.Name, out var list))
            _deltas[target.Name] = list = [];
        list.Add(delta);
        return 1;
    }

    private static double Number(StoredTensor stored)
    {
        using var value = stored.File.View(stored.Entry);
        using var float64 = value.to_type(torch.float64);
        return float64.numel() == 1
            ? float64.reshape(1)[0].item<double>()
            : throw new CheckpointException($"{stored.File.Path}: \"{stored.Entry.Name}\" must be one number.");
    }

    // PEFT stores alpha beside the weights, diffusers as JSON in the file's metadata. Without either, alpha is the rank.
    private static double? DefaultAlpha(TensorSet file, string path)
    {
        var adapterConfig = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "adapter_config.json");
        if (Path.GetFileName(path) == "adapter_model.safetensors" && File.Exists(adapterConfig))
            return ModelConfig.Read(adapterConfig).OptionalNumber("lora_alpha");
        if (!file.Files[0].Header.Metadata.TryGetValue("lora_adapter_metadata", out var text))
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject()
                    .Where(p => p.Name.EndsWith("lora_alpha", StringComparison.Ordinal) && p.Value.ValueKind == JsonValueKind.Number)
                    .Select(p => (double?)p.Value.GetDouble()).FirstOrDefault()
                : null;
        }
        catch (JsonException exception)
        {
            throw new CheckpointException($"{path}: its metadata lora_adapter_metadata is not JSON.", exception);
        }
    }
}
