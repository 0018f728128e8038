using System.Text.Json.Serialization;

namespace Kinema.Wan;

/// <summary>The supported image-to-video model families. The configs of a checkpoint, or its tensors' shapes, determine its family.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WanFamily>))]
public enum WanFamily
{
    /// <summary>Wan 2.1 I2V-14B: one transformer, image tokens of CLIP.</summary>
    Wan21ImageToVideo,

    /// <summary>Wan 2.1 FLF2V-14B: like I2V-14B, between a first and a last frame.</summary>
    Wan21FirstLastFrame,

    /// <summary>Wan 2.2 I2V-A14B: one transformer for high and one for low noise, with or without a last frame.</summary>
    Wan22ImageToVideo,

    /// <summary>Wan 2.2 TI2V-5B: the image is the first latent frame.</summary>
    Wan22TextImageToVideo,
}
