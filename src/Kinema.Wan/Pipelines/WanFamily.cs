namespace Kinema.Wan;

/// <summary>The image-to-video models this library runs; which one a checkpoint is, its configs or its tensors' shapes tell.</summary>
public enum WanFamily
{
    /// <summary>Wan 2.1 I2V-14B: one transformer, image tokens of CLIP.</summary>
    Wan21ImageToVideo,

    /// <summary>Wan 2.1 FLF2V-14B: the same between a first and a last frame.</summary>
    Wan21FirstLastFrame,

    /// <summary>Wan 2.2 I2V-A14B: one transformer for high and one for low noise, with or without a last frame.</summary>
    Wan22ImageToVideo,

    /// <summary>Wan 2.2 TI2V-5B: the picture is the first latent frame.</summary>
    Wan22TextImageToVideo,
}
