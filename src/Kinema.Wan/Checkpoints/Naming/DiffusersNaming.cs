namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>The tensor names of diffusers (transformer, VAE) and transformers (encoders), which this library uses.</summary>
/// <param name="kind">The kind of model.</param>
/// <param name="marker">A tensor that every such model has.</param>
/// <param name="half">Prefix of the required half, for files that may hold another half too; empty for all.</param>
internal sealed class DiffusersNaming(ModelKind kind, string marker, string half = "") : KeyNaming(kind, marker)
{
    public override IEnumerable<StoredTensor> Rename(IReadOnlyList<StoredTensor> tensors) => tensors.Where(t => t.Name.StartsWith(half, StringComparison.Ordinal));
}
