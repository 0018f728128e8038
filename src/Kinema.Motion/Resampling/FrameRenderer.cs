using System.Runtime.Intrinsics.X86;
using Kinema.Engines;
using Kinema.Motion.Paths;

namespace Kinema.Motion.Resampling;

/// <summary>The prepared picture and what makes frames of it. Preparing filters once; each frame only moves and scales.</summary>
internal sealed class FrameRenderer : IDisposable
{
    /// <summary>
    /// Samples kept for each visible one. With two, what the four-point kernel does to fine detail hardly depends on where between
    /// two samples a pixel falls, so that nothing pulsates while the picture drifts.
    /// </summary>
    private const double Oversampling = 2;

    private readonly PlaneScaler _luma;
    private readonly PlaneScaler _cb;
    private readonly PlaneScaler _cr;
    private readonly int _lumaBytes;

    private FrameRenderer(PlaneScaler luma, PlaneScaler cb, PlaneScaler cr, int lumaBytes) => (_luma, _cb, _cr, _lumaBytes) = (luma, cb, cr, lumaBytes);

    public static IRowKernel FastestKernel => Avx2.IsSupported ? new Avx2Kernel() : new ScalarKernel();

    /// <param name="widest">The largest part of the picture that is ever on screen, as a fraction of its sides: it sets the detail worth keeping.</param>
    public static FrameRenderer Prepare(RgbImage image, VideoFormat format, double widest, IRowKernel kernel, CancellationToken ct)
    {
        List<Plane> planes = [];
        try
        {
            planes.Add(Build(Channel.Luma, 1));
            planes.Add(Build(Channel.Cb, 2));
            planes.Add(Build(Channel.Cr, 2));
        }
        catch
        {
            planes.ForEach(plane => plane.Dispose());
            throw;
        }

        return new FrameRenderer(
            new PlaneScaler(planes[0], format.Width, format.Height, 0.5, kernel),
            new PlaneScaler(planes[1], format.Width / 2, format.Height / 2, 0.25, kernel),
            new PlaneScaler(planes[2], format.Width / 2, format.Height / 2, 0.25, kernel),
            format.Width * format.Height);

        Plane Build(Channel channel, int subsampling) =>
            new PlaneBuilder(image, channel, Along(image.Width, format.Width, subsampling), Along(image.Height, format.Height, subsampling)).Build(ct);

        Taps Along(int source, int frame, int subsampling)
        {
            var visible = frame / widest / subsampling;
            return Taps.Build(source, (int)Math.Ceiling(visible * Oversampling), visible);
        }
    }

    public void Render(Crop crop, Span<byte> frame)
    {
        _luma.Render(crop, frame[.._lumaBytes]);
        _cb.Render(crop, frame.Slice(_lumaBytes, _lumaBytes / 4));
        _cr.Render(crop, frame[(_lumaBytes + (_lumaBytes / 4))..]);
    }

    public void Dispose()
    {
        _luma.Dispose();
        _cb.Dispose();
        _cr.Dispose();
    }
}
