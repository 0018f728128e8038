namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>The names that diffusers (transformer, VAE) and transformers (encoders) use, which are ours.</summary>
/// <param name="kind">The kind of model.</param>
/// <param name="marker">A tensor that every such model has.</param>
/// <param name="half">What the names begin with of the half that is needed, where files may hold the other too; empty for all.</param>
internal sealed class DiffusersNaming(ModelKind kind, string marker, string half = "") : KeyNaming(kind, marker)
{
    public override IEnumerable<StoredTensor> Rename(IReadOnlyList<StoredTensor> tensors) => tensors.Where(t => t.Name.StartsWith(half, StringComparison.Ordinal));
}
