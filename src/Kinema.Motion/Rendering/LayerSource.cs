using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Rendering;

/// <summary>The prefiltered planes of one layer. Preparation filters once; each frame only samples.</summary>
internal sealed class LayerSource : IDisposable
{
    /// <summary>
    /// Stored samples for each visible one. With two, a cubic spline treats all visible detail alike wherever a pixel falls between two samples, so nothing
    /// pulsates while the picture drifts.
    /// </summary>
    private const double Oversampling = 2;

    private LayerSource(int width, int height, bool hasMatte)
    {
        (Luma, Cb, Cr) = (new(width, height), Chroma(), Chroma());
        if (hasMatte)
            (Matte, ChromaMatte) = (new(width, height), Chroma());

        SplinePlane Chroma() => new((width + 1) / 2, (height + 1) / 2);
    }

    public SplinePlane Luma { get; }

    public SplinePlane Cb { get; }

    public SplinePlane Cr { get; }

    /// <summary>At luma's size; null for a layer that covers everything.</summary>
    public SplinePlane? Matte { get; }

    /// <summary>At chroma's size.</summary>
    public SplinePlane? ChromaMatte { get; }

    /// <summary>The range of <see cref="Matte"/>.</summary>
    public MatteRange? Range { get; private set; }

    /// <param name="colour">Blue, green, red; 8 bit; not premultiplied.</param>
    /// <param name="matte">One channel, 8 bit, the same size; null means everywhere.</param>
    /// <param name="widest">The largest part of the picture that is ever on screen, as a fraction of its sides. It limits the stored detail.</param>
    public static LayerSource Prepare(Mat colour, Mat? matte, VideoFormat format, double widest, CancellationToken ct) =>
        Prepare(colour, matte, (format.Width / widest, format.Height / widest), ct);

    /// <param name="visible">Pixels of a frame that the whole picture would take.</param>
    public static LayerSource Prepare(Mat colour, Mat? matte, (double Across, double Down) visible, CancellationToken ct)
    {
        var (across, down) = visible;
        var source = new LayerSource(SampleCount(colour.Width, across), SampleCount(colour.Height, down), matte is not null);
        try
        {
            LayerResampler.FillColour(source, colour, across, down, ct);
            if (matte is not null)
                source.Range = LayerResampler.FillMatte(source, matte, across, down, ct);
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Prepares a frame as decoders and engines deliver it: planar 4:2:0 without padding, both sides even.</summary>
    public static LayerSource FromYuv(ReadOnlySpan<byte> frame, int width, int height, CancellationToken ct)
    {
        var source = new LayerSource(SampleCount(width, width), SampleCount(height, height), hasMatte: false);
        try
        {
            LayerResampler.FillYuv(source, frame, width, height, ct);
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Luma.Dispose();
        Cb.Dispose();
        Cr.Dispose();
        Matte?.Dispose();
        ChromaMatte?.Dispose();
    }

    /// <summary>At most the samples that a frame can use and that the picture contains.</summary>
    private static int SampleCount(int picture, double visible) => Math.Max(1, (int)Math.Ceiling(Oversampling * Math.Min(picture, visible)));
}
