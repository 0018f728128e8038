namespace Kinema.Wan;

/// <summary>The parts of a generation.</summary>
public enum WanPhase
{
    /// <summary>The prompt becomes vectors.</summary>
    EncodePrompt,

    /// <summary>The pictures become vectors and latents.</summary>
    EncodeImage,

    /// <summary>Noise becomes latents of a video.</summary>
    Denoise,

    /// <summary>Latents become frames.</summary>
    Decode,
}
