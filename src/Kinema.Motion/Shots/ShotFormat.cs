using Kinema.Engines;

namespace Kinema.Motion.Shots;

/// <summary>Computes the format of every video of this engine.</summary>
internal static class ShotFormat
{
    private const int FramesPerSecond = 30;

    /// <param name="width">Width in pixels of the picture or clip whose aspect ratio the video keeps.</param>
    /// <param name="height">Height in pixels.</param>
    public static VideoFormat For(VideoRequest request, int width, int height)
    {
        var (frameWidth, frameHeight) = VideoFormat.FitArea(width, height, request.Resolution);
        return new(frameWidth, frameHeight, FramesPerSecond, request.DurationSeconds * FramesPerSecond);
    }
}
