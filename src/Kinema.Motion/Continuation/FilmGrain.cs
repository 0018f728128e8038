using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Continuation;

/// <summary>
/// Film grain of a clip, synthesized for its continuation. Without it a continuation looks frozen, and the clip's own grain sticks to the picture.
/// </summary>
internal sealed class FilmGrain
{
    /// <summary>Code values; weaker grain is invisible.</summary>
    private const double MinStrength = 0.8;

    private const int BlockPixels = 16;

    /// <summary>Quantile of the block variances that counts as pure noise.</summary>
    private const double QuietBlockShare = 0.1;

    private const int Samples = 1 << 18;

    /// <summary>Hash multiplier for the start of a row in the samples: far apart and different for each row and frame.</summary>
    private const uint RowHash = 2654435761;

    private readonly sbyte[] _noise;

    private FilmGrain(double strength, sbyte[] noise) => (Strength, _noise) = (strength, noise);

    /// <summary>Standard deviation of the luma, code values; 0 if the clip has no visible grain.</summary>
    public double Strength { get; }

    /// <param name="frame">Last frame of the clip.</param>
    public static FilmGrain Of(ReadOnlySpan<byte> frame, VideoFormat format)
    {
        var strength = Measure(frame[..(format.Width * format.Height)], format);
        if (strength < MinStrength)
            return new(0, []);

        var noise = new sbyte[Samples];
        // Sampled once with a fixed seed: the same request gives the same frames.
        var random = new Random(1);
        for (var i = 0; i < noise.Length; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            noise[i] = (sbyte)Math.Clamp(Math.Round(normal * strength), sbyte.MinValue, sbyte.MaxValue);
        }

        return new(strength, noise);
    }

    /// <summary>Removes the frame's own grain, which would otherwise move with the picture.</summary>
    public unsafe void Denoise(byte[] frame, VideoFormat format)
    {
        if (Strength == 0)
            return;

        fixed (byte* luma = frame)
        {
            using var plane = Mat.FromPixelData(format.Height, format.Width, MatType.CV_8UC1, (nint)luma);
            using var clean = new Mat();
            Cv2.BilateralFilter(plane, clean, 5, 3 * Strength, 1.5);
            clean.CopyTo(plane);
        }
    }

    /// <summary>Adds fresh grain to the luma of a frame.</summary>
    /// <param name="share">Strength of the grain, 0 to 1.</param>
    public void Add(Span<byte> frame, VideoFormat format, int index, double share = 1)
    {
        if (Strength == 0 || share <= 0)
            return;

        var weight = (int)Math.Round(share * 256);
        for (var y = 0; y < format.Height; y++)
        {
            var row = frame.Slice(y * format.Width, format.Width);
            var start = (int)((((uint)index * 4099) + (uint)y) * RowHash % (uint)(Samples - format.Width));
            var noise = _noise.AsSpan(start, format.Width);
            for (var x = 0; x < row.Length; x++)
                row[x] = (byte)Math.Clamp(row[x] + (((noise[x] * weight) + 128) >> 8), 0, 255);
        }
    }

    /// <remarks>Immerkær 1996: the difference of two Laplacians responds to noise but not to slopes or edges. Measured in the quietest blocks.</remarks>
    private static unsafe double Measure(ReadOnlySpan<byte> luma, VideoFormat format)
    {
        fixed (byte* first = luma)
        {
            using var plane = Mat.FromPixelData(format.Height, format.Width, MatType.CV_8UC1, (nint)first);
            using var kernel = Mat.FromArray(new float[,] { { 1, -2, 1 }, { -2, 4, -2 }, { 1, -2, 1 } });
            using var noise = new Mat();
            Cv2.Filter2D(plane, noise, MatType.CV_32F, kernel);
            using var power = noise.Mul(noise).ToMat();
            using var blocks = power.Resize(new Size(format.Width / BlockPixels, format.Height / BlockPixels), interpolation: InterpolationFlags.Area);
            blocks.GetArray(out float[] values);
            Array.Sort(values);
            return Math.Sqrt(values[(int)(values.Length * QuietBlockShare)]) / 6;
        }
    }
}
