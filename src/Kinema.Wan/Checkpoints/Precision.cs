using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>The type a model computes with, and the parts of it that stay in float32 whatever that type is.</summary>
/// <param name="Type">Float32, BFloat16 or Float16.</param>
/// <param name="Float32Parts">A tensor stays in float32 when a segment of its name between dots is one of these.</param>
internal sealed record Precision(torch.ScalarType Type, params IReadOnlyList<string> Float32Parts)
{
    /// <summary>The type a tensor is loaded as. Whole numbers keep theirs.</summary>
    public torch.ScalarType For(string name, StoredType stored)
    {
        if (!stored.IsFloat())
            return stored.ToTorch();
        return Float32Parts.Count > 0 && name.Split('.').Any(Float32Parts.Contains) ? torch.ScalarType.Float32 : Type;
    }
}
