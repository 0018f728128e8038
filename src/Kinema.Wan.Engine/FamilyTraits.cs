using Kinema.Engines;

namespace Kinema.Wan.Engine;

/// <summary>What a model family can do, as the engine contract says it.</summary>
/// <param name="Name">The published name.</param>
/// <param name="EngineId">Id of its engine: workers with different weights must not take each other's runs.</param>
/// <param name="Model">The path of its manifest.</param>
/// <param name="Media">The sets of media that it takes.</param>
/// <param name="Resolutions">The sizes that it was trained for.</param>
internal sealed record FamilyTraits(
    string Name, string EngineId, string Model, IReadOnlyList<IReadOnlyList<MediaRole>> Media, IReadOnlyList<VideoResolution> Resolutions)
{
    private static readonly MediaRole[] _first = [MediaRole.FirstFrame], _both = [MediaRole.FirstFrame, MediaRole.LastFrame];

    public static FamilyTraits Of(WanFamily family) => family switch
    {
        WanFamily.Wan21ImageToVideo => new("Wan 2.1 I2V-14B", "wan-i2v-14b", "wan-video/wan2.1/i2v-14b", [_first], [VideoResolution.Sd480, VideoResolution.Hd720]),
        WanFamily.Wan21FirstLastFrame => new("Wan 2.1 FLF2V-14B", "wan-flf2v-14b", "wan-video/wan2.1/flf2v-14b", [_both], [VideoResolution.Sd480, VideoResolution.Hd720]),
        WanFamily.Wan22ImageToVideo => new("Wan 2.2 I2V-A14B", "wan-i2v-a14b", "wan-video/wan2.2/i2v-a14b", [_first, _both], [VideoResolution.Sd480, VideoResolution.Hd720]),
        _ => new("Wan 2.2 TI2V-5B", "wan-ti2v-5b", "wan-video/wan2.2/ti2v-5b", [_first], [VideoResolution.Hd720]),
    };

    /// <summary>Pixels per frame. TI2V's 720p is 704 × 1280.</summary>
    public static int AreaOf(WanFamily family, VideoResolution resolution) => resolution switch
    {
        VideoResolution.Sd480 => 480 * 832,
        _ => family == WanFamily.Wan22TextImageToVideo ? 704 * 1280 : 720 * 1280,
    };
}
