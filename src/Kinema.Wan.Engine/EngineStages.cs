using Kinema.Engines;

namespace Kinema.Wan.Engine;

/// <summary>The stages of a generation, as progress events name them.</summary>
internal static class EngineStages
{
    /// <summary>Reading weights; counted in MiB.</summary>
    public const string Loading = EngineEvent.Progress.Loading;

    public const string EncodingText = "encoding_text";

    public const string EncodingImage = "encoding_image";

    /// <summary>Counted in steps.</summary>
    public const string Denoising = "denoising";

    /// <summary>Counted in frames.</summary>
    public const string Decoding = "decoding";
}
