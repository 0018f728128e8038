using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Continuation;

/// <summary>The end of a clip: its last frames as they were decoded. All that a continuation needs to know of it.</summary>
internal sealed class ClipTail(int width, int height)
{
    /// <summary>Enough to tell a pace from a jolt.</summary>
    private const int CapacityFrames = 6;

    /// <summary>Height at which motion is measured.</summary>
    private const int AnalysisHeight = 360;

    private readonly byte[][] _ring = [.. Enumerable.Range(0, CapacityFrames).Select(_ => new byte[width * height * 3 / 2])];

    /// <summary>Frames in the clip.</summary>
    public int FrameCount { get; private set; }

    public int Width => width;

    public int Height => height;

    /// <summary>How many of the last frames are here.</summary>
    public int Count => Math.Min(FrameCount, CapacityFrames);

    /// <summary>Decodes the whole clip, keeping only its end.</summary>
    /// <param name="maxFrames">More frames than this are an error of the caller's; the reading stops.</param>
    public static async Task<ClipTail> ReadAsync(IClipReader reader, MediaInput clip, VideoFormat format, int maxFrames, CancellationToken ct)
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

    /// <param name="back">0 is the last frame.</param>
    public byte[] Frame(int back)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(back, Count);
        return _ring[(FrameCount - 1 - back) % CapacityFrames];
    }

    /// <summary>The luma of a frame, made small.</summary>
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
