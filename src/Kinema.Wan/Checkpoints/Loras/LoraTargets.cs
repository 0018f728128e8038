using Kinema.Wan.Checkpoints.Naming;

namespace Kinema.Wan.Checkpoints.Loras;

/// <summary>Finds the model tensor of a LoRA module, in any naming.</summary>
/// <remarks>
/// Files name modules as diffusers or as Wan's own code does, with dots or (kohya) with underscores throughout, and below a prefix that depends on the
/// trainer. So names are compared with underscores and without prefix; this makes no two modules of the model equal.
/// </remarks>
internal sealed class LoraTargets
{
    private static readonly string[] _prefixes =
        ["base_model_model_", "lora_unet__", "lora_unet_", "lora_transformer_", "model_diffusion_model_", "diffusion_model_", "transformer_2_", "transformer_"];

    private readonly Dictionary<string, StoredTensor> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredTensor> _biases = new(StringComparer.Ordinal);

    public LoraTargets(TensorSet model)
    {
        foreach (var tensor in model.Tensors.Values)
        {
            foreach (var name in new[] { tensor.Name, TransformerNaming.ToOriginal(tensor.Name) })
            {
                var isBias = name.EndsWith(".bias", StringComparison.Ordinal);
                var module = isBias ? name[..^".bias".Length] : name.EndsWith(".weight", StringComparison.Ordinal) ? name[..^".weight".Length] : name;
                (isBias ? _biases : _weights).TryAdd(module.Replace('.', '_'), tensor);
            }
        }
    }

    public StoredTensor? Weight(string module) => _weights.GetValueOrDefault(Normalize(module));

    public StoredTensor? Bias(string module) => _biases.GetValueOrDefault(Normalize(module));

    private static string Normalize(string module)
    {
        var plain = module.Replace('.', '_');
        while (_prefixes.FirstOrDefault(p => plain.StartsWith(p, StringComparison.Ordinal)) is { } prefix)
            plain = plain[prefix.Length..];
        return plain;
    }
}
