using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>The compute type of a model, and the modules that stay in float32 whatever that type is.</summary>
/// <param name="Type">Float32, BFloat16 or Float16.</param>
/// <param name="Float32Parts">A tensor stays in float32 when a segment of its name between dots is one of these.</param>
internal sealed record Precision(torch.ScalarType Type, params IReadOnlyList<string> Float32Parts)
{
    /// <summary>Returns the load type of a tensor. Integers without a scale keep their type.</summary>
    public torch.ScalarType For(StoredTensor stored)
    {
        if (!stored.Entry.Type.IsFloat() && stored.Scale is null)
            return stored.Entry.Type.ToTorch();
        return Float32Parts.Count > 0 && stored.Name.Split('.').Any(Float32Parts.Contains) ? torch.ScalarType.Float32 : Type;
    }
}
