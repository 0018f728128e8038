using Kinema.Engines;

namespace Kinema.Cli.Runs;

/// <summary>What a medium is for: the field that takes it, and what kinds of files there are where the server does not tell its limits.</summary>
internal sealed record MediaKind(string Field, IReadOnlyList<string> ContentTypes)
{
    private static readonly string[] _pictures = ["image/jpeg", "image/png", "image/bmp", "image/webp"];

    public static MediaKind FirstFrame { get; } = new("image_url", _pictures);

    public static MediaKind LastFrame { get; } = new("end_image_url", _pictures);

    public static MediaKind InputVideo { get; } = new("video_url", ["video/mp4", "video/quicktime"]);

    public static MediaKind Audio { get; } = new("audio_url", ["audio/wav", "audio/mpeg"]);

    public MediaLimits Unlimited => new() { ContentTypes = ContentTypes, MaxBytes = long.MaxValue };
}
