using System.Globalization;
using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>The contract of <see cref="IVideoEngine"/> as docs/engines/write-your-own.md states it: what an engine may yield, and when.</summary>
internal static class EngineContract
{
    private const int MaxSide = 8192;
    private const int MaxFramesPerSecond = 240;

    public static void CheckStarted(VideoFormat format, bool isFirst)
    {
        if (!isFirst)
            throw Violation($"it yielded Started twice");
        if (format.Width is < 2 or > MaxSide || format.Height is < 2 or > MaxSide || (format.Width | format.Height) % 2 != 0)
            throw Violation($"its frames are {format.Width}×{format.Height}; both sides must be even, from 2 to {MaxSide}");
        if (format.FramesPerSecond is < 1 or > MaxFramesPerSecond)
            throw Violation($"its video has {format.FramesPerSecond} frames per second; 1 to {MaxFramesPerSecond} are allowed");
        if (format.FrameCount < 1)
            throw Violation($"its video has {format.FrameCount} frames; at least 1 is needed");
    }

    /// <param name="frame">The frame that came.</param>
    /// <param name="format">Null before Started.</param>
    /// <param name="due">Index of the frame that is due.</param>
    public static void CheckFrame(EngineEvent.Frame frame, VideoFormat? format, int due)
    {
        if (format is null)
            throw Violation($"it yielded frame {frame.Index} before Started");
        if (due == format.FrameCount)
            throw Violation($"it yielded frame {frame.Index} after the last of the {format.FrameCount} frames that Started announced");
        if (frame.Index != due)
            throw Violation($"it yielded frame {frame.Index} where frame {due} was due");
        if (frame.Pixels.Length != format.FrameBytes)
            throw Violation($"frame {due} has {frame.Pixels.Length} bytes; one of {format.Width}×{format.Height} has {format.FrameBytes}");
    }

    /// <param name="format">Null without Started.</param>
    /// <param name="written">Frames that came.</param>
    public static void CheckEnd(VideoFormat? format, int written)
    {
        if (format is null)
            throw Violation($"it ended without Started");
        if (written != format.FrameCount)
            throw Violation($"it ended after {written} of the {format.FrameCount} frames that Started announced");
    }

    public static EngineContractException Violation(FormattableString what) => new(what.ToString(CultureInfo.InvariantCulture));
}
