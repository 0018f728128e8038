using System.Text.Json.Serialization;

namespace Kinema.Wan;

/// <summary>The phases of a generation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WanPhase>))]
public enum WanPhase
{
    /// <summary>Encodes the prompt into embeddings.</summary>
    EncodePrompt,

    /// <summary>Encodes the images into CLIP embeddings and latents.</summary>
    EncodeImage,

    /// <summary>Denoises noise into the latents of a video.</summary>
    Denoise,

    /// <summary>Decodes latents into frames.</summary>
    Decode,
}
