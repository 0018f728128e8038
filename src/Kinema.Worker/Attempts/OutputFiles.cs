using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>The finished files of an attempt, not stored yet.</summary>
internal sealed record OutputFiles(string Video, string Poster, string LastFrame, VideoFormat Format, bool HasAudio)
{
    public const string VideoName = "video.mp4";
    public const string PosterName = "poster.jpg";
    public const string LastFrameName = "last-frame.png";

    public static IReadOnlyList<string> Names { get; } = [VideoName, PosterName, LastFrameName];

    public double Seconds => (double)Format.FrameCount / Format.FramesPerSecond;
}
