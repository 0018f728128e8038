using Kinema.Engines;

namespace Kinema.Cli.Runs;

/// <summary>Kind of media input: its field, and its content types if the server does not report limits.</summary>
internal sealed record MediaKind(string Field, IReadOnlyList<string> ContentTypes)
{
    private static readonly string[] _pictures = ["image/jpeg", "image/png", "image/bmp", "image/webp"];

    public static MediaKind FirstFrame { get; } = new("image_url", _pictures);

    public static MediaKind LastFrame { get; } = new("end_image_url", _pictures);

    public static MediaKind InputVideo { get; } = new("video_url", ["video/mp4", "video/quicktime"]);

    public static MediaKind Audio { get; } = new("audio_url", ["audio/wav", "audio/mpeg"]);

    public MediaLimits Unlimited => new() { ContentTypes = ContentTypes, MaxBytes = long.MaxValue };
}
