using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Loras;
using Kinema.Wan.Checkpoints.Matrices;
using Kinema.Wan.Transformer;
using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>The sizes of a checkpoint's components, in their files and on the device, and their load types.</summary>
internal sealed class ComponentSizes(Checkpoint checkpoint, Device device, ScalarType type, IReadOnlyList<LoraFile> loras)
{
    private readonly Dictionary<(ComponentName, WanResident), ComponentSize> _sizes = [];

    public ComponentSize Of(ComponentName component, WanResident resident) =>
        _sizes.TryGetValue((component, resident), out var size) ? size : _sizes[(component, resident)] = Measure(component, resident);

    /// <summary>Returns the sizes of all components.</summary>
    public IReadOnlyList<ComponentSize> All(WanResident resident) => [.. checkpoint.Components.Select(component => Of(component, resident))];

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

    private ComponentSize Measure(ComponentName component, WanResident resident)
    {
        var precision = PrecisionOf(component);
        using var set = checkpoint.Open(component);
        using var changes = LoraSet.Open(LorasOf(component), set);
        var matrices = resident == WanResident.AsStored ? ComponentBuilder.MatricesOf(checkpoint, component, set) : null;
        long stored = 0, onDevice = 0, mapped = 0, largest = 0;
        foreach (var tensor in set.Tensors.Values)
        {
            stored += tensor.Entry.Length;
            var loadedAs = precision.For(tensor);
            var bytes = tensor.Entry.Count * loadedAs.ElementSize();
            var loras = changes.For(tensor.Name);
            if (matrices?.Contains(tensor.Name) == true && PackedMatrix.CanBe(tensor, loadedAs, device, loras))
            {
                var scales = tensor.Scale?.Entry.Count * sizeof(float) ?? 0;
                onDevice += LowRankTerm.BytesOf(loras, loadedAs) + scales;
                (onDevice, mapped) = device.type == DeviceType.CPU ? (onDevice, mapped + tensor.Entry.Length) : (onDevice + tensor.Entry.Length, mapped);
                largest = Math.Max(largest, bytes);
            }
            else if (WeightLoader.StaysMapped(tensor, loadedAs, device, changed: loras.Count > 0))
                mapped += bytes;
            else
                onDevice += bytes;
        }

        // The largest matrix is the size of the buffer that packed ones are widened into.
        return new(stored, onDevice + largest, mapped);
    }
}
