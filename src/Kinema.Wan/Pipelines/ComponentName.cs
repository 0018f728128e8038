namespace Kinema.Wan.Pipelines;

/// <summary>The components of a checkpoint.</summary>
internal enum ComponentName
{
    TextEncoder,
    ImageEncoder,
    Vae,

    /// <summary>The only transformer, or the high-noise one.</summary>
    Transformer,

    /// <summary>The low-noise transformer.</summary>
    Transformer2,
}
