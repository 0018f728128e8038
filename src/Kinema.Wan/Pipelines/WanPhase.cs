namespace Kinema.Wan;

/// <summary>The parts of a generation.</summary>
public enum WanPhase
{
    /// <summary>The prompt becomes vectors.</summary>
    Text,

    /// <summary>The pictures become vectors and latents.</summary>
    Images,

    /// <summary>Noise becomes latents of a video.</summary>
    Sampling,

    /// <summary>Latents become frames.</summary>
    Decoding,
}
