namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>The kind of model of a set of tensors.</summary>
internal enum ModelKind
{
    Transformer,
    Vae,
    TextEncoder,
    ImageEncoder,
}
