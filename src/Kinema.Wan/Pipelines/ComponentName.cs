namespace Kinema.Wan.Pipelines;

/// <summary>The models of a checkpoint.</summary>
internal enum ComponentName
{
    TextEncoder,
    ImageEncoder,
    Vae,

    /// <summary>The only transformer, or the one for high noise.</summary>
    Transformer,

    /// <summary>The one for low noise.</summary>
    Transformer2,
}
