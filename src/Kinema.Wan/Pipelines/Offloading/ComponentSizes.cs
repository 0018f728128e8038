using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Loras;
using Kinema.Wan.Transformer;
using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>The sizes of a checkpoint's components, in their files and on the device, and their load types.</summary>
internal sealed class ComponentSizes(Checkpoint checkpoint, Device device, ScalarType type, IReadOnlyList<LoraFile> loras)
{
    private readonly Dictionary<ComponentName, ComponentSize> _sizes = [];

    public ComponentSize Of(ComponentName component) => _sizes.TryGetValue(component, out var size) ? size : _sizes[component] = Measure(component);

    public Precision PrecisionOf(ComponentName component) => component switch
    {
        ComponentName.Transformer or ComponentName.Transformer2 => new(type, WanTransformer.Float32Parts),
        ComponentName.TextEncoder => new(type),
        _ => new(ScalarType.Float32),
    };

    /// <summary>Returns the LoRAs for a transformer. Text encoder, CLIP and VAE take none.</summary>
    public IReadOnlyList<LoraFile> LorasOf(ComponentName component) => component switch
    {
        ComponentName.Transformer => [.. loras.Where(lora => lora.Experts.HasFlag(LoraExperts.HighNoise))],
        ComponentName.Transformer2 => [.. loras.Where(lora => lora.Experts.HasFlag(LoraExperts.LowNoise))],
        _ => [],
    };

    private ComponentSize Measure(ComponentName component)
    {
        var precision = PrecisionOf(component);
        using var set = checkpoint.Open(component);
        using var changes = LoraSet.Open(LorasOf(component), set);
        long stored = 0, onDevice = 0, mapped = 0;
        foreach (var tensor in set.Tensors.Values)
        {
            stored += tensor.Entry.Length;
            var loadedAs = precision.For(tensor);
            var bytes = tensor.Entry.Count * loadedAs.ElementSize();
            if (WeightLoader.StaysMapped(tensor, loadedAs, device, changed: changes.For(tensor.Name).Count > 0))
                mapped += bytes;
            else
                onDevice += bytes;
        }

        return new(stored, onDevice, mapped);
    }
}
