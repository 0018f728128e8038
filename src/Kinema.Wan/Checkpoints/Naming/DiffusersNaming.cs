namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>The names that diffusers (transformer, VAE) and transformers (encoders) use, which are ours.</summary>
internal sealed class DiffusersNaming(ModelKind kind, string marker) : KeyNaming(kind, marker)
{
    public override IEnumerable<StoredTensor> Rename(IReadOnlyList<StoredTensor> tensors) => tensors;
}
