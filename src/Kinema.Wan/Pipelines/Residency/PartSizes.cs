using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Loras;
using Kinema.Wan.Transformer;
using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines.Residency;

/// <summary>How large the parts of a checkpoint are, in their files and on the device, and in which types they are loaded.</summary>
internal sealed class PartSizes(Checkpoint checkpoint, Device device, ScalarType type, IReadOnlyList<LoraFile> loras)
{
    private readonly Dictionary<PartName, PartSize> _sizes = [];

    public PartSize Of(PartName part) => _sizes.TryGetValue(part, out var size) ? size : _sizes[part] = Measure(part);

    public Precision PrecisionOf(PartName part) => part switch
    {
        PartName.Transformer or PartName.Transformer2 => new(type, WanTransformer.Float32Parts),
        PartName.TextEncoder => new(type),
        _ => new(ScalarType.Float32),
    };

    /// <summary>Those for this transformer; text encoder, CLIP and VAE take none.</summary>
    public IReadOnlyList<LoraFile> LorasOf(PartName part) => part switch
    {
        PartName.Transformer => [.. loras.Where(lora => lora.Experts.HasFlag(LoraExperts.HighNoise))],
        PartName.Transformer2 => [.. loras.Where(lora => lora.Experts.HasFlag(LoraExperts.LowNoise))],
        _ => [],
    };

    private PartSize Measure(PartName part)
    {
        var precision = PrecisionOf(part);
        using var set = checkpoint.Open(part);
        using var changes = LoraSet.Open(LorasOf(part), set);
        long stored = 0, onDevice = 0, mapped = 0;
        foreach (var tensor in set.Tensors.Values)
        {
            stored += tensor.Entry.Length;
            var loadedAs = precision.For(tensor);
            var bytes = tensor.Entry.Count * loadedAs.ElementSize();
            if (WeightLoader.Stays(tensor, loadedAs, device, changed: changes.For(tensor.Name).Count > 0))
                mapped += bytes;
            else
                onDevice += bytes;
        }

        return new(stored, onDevice, mapped);
    }
}
