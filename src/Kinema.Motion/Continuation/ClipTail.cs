using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Continuation;

/// <summary>The last decoded frames of a clip, which is all that a continuation needs.</summary>
internal sealed class ClipTail(int width, int height)
{
    /// <summary>Enough frames to tell steady motion from a jolt.</summary>
    private const int CapacityFrames = 6;

    /// <summary>Height in pixels at which motion is estimated.</summary>
    private const int AnalysisHeight = 360;

    private readonly byte[][] _ring = [.. Enumerable.Range(0, CapacityFrames).Select(_ => new byte[width * height * 3 / 2])];

    /// <summary>Number of frames in the clip.</summary>
    public int FrameCount { get; private set; }

    public int Width => width;

    public int Height => height;

    /// <summary>Number of last frames available.</summary>
    public int Count => Math.Min(FrameCount, CapacityFrames);

    /// <summary>Decodes the whole clip and keeps its last frames.</summary>
    /// <param name="maxFrames">Frame limit; reading stops there, and the caller reports the error.</param>
    public static async Task<ClipTail> ReadAsync(IVideoReader reader, MediaInput clip, VideoFormat format, int maxFrames, CancellationToken ct)
    {
        var tail = new ClipTail(format.Width, format.Height);
        await foreach (var frame in reader.ReadAsync(clip, format.Width, format.Height, format.FramesPerSecond, ct).ConfigureAwait(false))
        {
            tail.Add(frame.Span);
            if (tail.FrameCount >= maxFrames)
                break;
        }

        return tail;
    }

    public void Add(ReadOnlySpan<byte> frame)
    {
        frame.CopyTo(_ring[FrameCount % CapacityFrames]);
        FrameCount++;
    }

    /// <param name="back">Frames before the last one; 0 is the last frame.</param>
    public byte[] Frame(int back)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(back, Count);
        return _ring[(FrameCount - 1 - back) % CapacityFrames];
    }

    /// <summary>Luma of a frame at the analysis height.</summary>
    public unsafe Mat DownscaledLuma(int back)
    {
        fixed (byte* luma = Frame(back))
        {
            using var plane = Mat.FromPixelData(height, width, MatType.CV_8UC1, (nint)luma);
            var analysisHeight = Math.Min(height, AnalysisHeight);
            return plane.Resize(new Size(Math.Max(2, width * analysisHeight / height), analysisHeight), interpolation: InterpolationFlags.Area);
        }
    }
}
