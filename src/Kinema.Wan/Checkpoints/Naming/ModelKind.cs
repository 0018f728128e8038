namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>What a set of tensors is.</summary>
internal enum ModelKind
{
    Transformer,
    Vae,
    TextEncoder,
    ImageEncoder,
}
