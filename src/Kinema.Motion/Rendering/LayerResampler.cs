using System.Runtime.CompilerServices;
using Kinema.Motion.Threads;
using OpenCvSharp;

namespace Kinema.Motion.Rendering;

/// <summary>Resamples pictures to the planes of a layer, one source row after the other.</summary>
/// <remarks>"Visible" lengths are luma samples that the whole picture takes on screen.</remarks>
internal static class LayerResampler
{
    /// <summary>Position of a left-sited chroma sample within its own width.</summary>
    private const double SitedLeft = 0.25;

    public static void FillColour(LayerSource target, Mat colour, double visibleWidth, double visibleHeight, CancellationToken ct)
    {
        var (width, height) = (colour.Width, colour.Height);
        var (across, down) = Taps(target.Luma, visibleWidth, visibleHeight);
        var luma = new PlaneResampler(target.Luma, width, height, across, down, dithered: true);
        (across, down) = Taps(target.Cb, visibleWidth / 2, visibleHeight / 2);
        var cb = new PlaneResampler(target.Cb, width, height, across, down, dithered: true);
        var cr = new PlaneResampler(target.Cr, width, height, across, down, dithered: true);
        Parallel.Invoke(
            SameThreads.Options(ct),
            () => Fill(YCbCrChannel.Luma, luma),
            () => Fill(YCbCrChannel.Cb, cb),
            () => Fill(YCbCrChannel.Cr, cr));

        void Fill(YCbCrChannel channel, PlaneResampler plane)
        {
            for (var y = 0; y < height; y++)
            {
                ct.ThrowIfCancellationRequested();
                channel.Convert(Row(colour, y, 3), plane.Next);
                plane.Push();
            }
        }

        (SplineTaps Across, SplineTaps Down) Taps(SplinePlane plane, double visibleAcross, double visibleDown) =>
            (SplineTaps.ForColour(width, plane.Width, visibleAcross), SplineTaps.ForColour(height, plane.Height, visibleDown));
    }

    public static MatteRange FillMatte(LayerSource target, Mat matte, double visibleWidth, double visibleHeight, CancellationToken ct)
    {
        var fine = Resampler(target.Matte!, visibleWidth, visibleHeight);
        var coarse = Resampler(target.ChromaMatte!, visibleWidth / 2, visibleHeight / 2);
        var height = matte.Height;
        for (var y = 0; y < height; y++)
        {
            ct.ThrowIfCancellationRequested();
            var row = Row(matte, y, 1);
            ToFloat(row, fine.Next);
            ToFloat(row, coarse.Next);
            fine.Push();
            coarse.Push();
        }

        return new MatteRange(target.Matte!);

        PlaneResampler Resampler(SplinePlane plane, double across, double down) => new(
            plane, matte.Width, matte.Height,
            SplineTaps.ForMatte(matte.Width, plane.Width, across), SplineTaps.ForMatte(matte.Height, plane.Height, down), dithered: false);
    }

    public static void FillYuv(LayerSource target, ReadOnlySpan<byte> frame, int width, int height, CancellationToken ct)
    {
        var chroma = width * height / 4;
        Fill(target.Luma, frame[..(width * height)], width, 0.5);
        Fill(target.Cb, frame.Slice(width * height, chroma), width / 2, SitedLeft);
        Fill(target.Cr, frame.Slice((width * height) + chroma, chroma), width / 2, SitedLeft);

        void Fill(SplinePlane plane, ReadOnlySpan<byte> samples, int rowLength, double siting)
        {
            var rows = samples.Length / rowLength;
            var resampler = new PlaneResampler(
                plane, rowLength, rows,
                SplineTaps.ForColour(rowLength, plane.Width, rowLength, siting), SplineTaps.ForColour(rows, plane.Height, rows), dithered: true);
            for (var y = 0; y < rows; y++)
            {
                ct.ThrowIfCancellationRequested();
                ToFloat(samples.Slice(y * rowLength, rowLength), resampler.Next);
                resampler.Push();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToFloat(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var x = 0; x < bytes.Length; x++)
            values[x] = bytes[x];
    }

    private static unsafe ReadOnlySpan<byte> Row(Mat picture, int y, int channels) => new((void*)picture.Ptr(y), picture.Width * channels);
}
