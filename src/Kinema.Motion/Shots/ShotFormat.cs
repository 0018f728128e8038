using Kinema.Engines;

namespace Kinema.Motion.Shots;

/// <summary>The shape of every video this engine makes.</summary>
internal static class ShotFormat
{
    private const int FramesPerSecond = 30;

    /// <param name="width">Of the picture or clip whose shape the video keeps, pixels.</param>
    /// <param name="height">The same.</param>
    public static VideoFormat For(VideoRequest request, int width, int height)
    {
        var (frameWidth, frameHeight) = VideoFormat.FitArea(width, height, request.Resolution);
        return new(frameWidth, frameHeight, FramesPerSecond, request.DurationSeconds * FramesPerSecond);
    }
}
