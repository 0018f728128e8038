using Kinema.Engines;
using Kinema.Motion.Paths;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using OpenCvSharp;

namespace Kinema.Motion.LastFrames;

/// <summary>The pictures taken apart: both without their moving figures, and the figures of both.</summary>
internal sealed class FigureLayers : IDisposable
{
    /// <summary>How far the move has come when the second picture's figures hide the first one's.</summary>
    private const double Changed = 0.8;

    /// <summary>Cells beyond a figure's own in which its soft edge may lie.</summary>
    private const int Around = 2;

    private readonly List<LayerSource> _sources = [];
    private readonly PairAnalysis _analysis;
    private readonly MovingTransition _way;
    private readonly Func<double, double> _easing;
    private readonly PictureMeshes _meshes;

    private FigureLayers(PairAnalysis analysis, Func<double, double> easing, VideoFormat format)
    {
        (_analysis, _easing, _meshes) = (analysis, easing, new(format.Width, format.Height, bothFade: true));
        _way = new(analysis.Camera!, analysis.Flow!.Figures, easing);
    }

    public LayerSource FirstPlate => _sources[0];

    public LayerSource SecondPlate => _sources[1];

    /// <summary>Null where nothing stands out of the pictures.</summary>
    public static FigureLayers? Of(
        PairAnalysis analysis, FramedPicture first, FramedPicture second, Func<double, double> easing, VideoFormat format, CancellationToken ct)
    {
        if (analysis is not { Kind: "flow", Camera: { } camera, Flow: { FigurePlaces: { } places } flow })
            return null;

        var layers = new FigureLayers(analysis, easing, format);
        try
        {
            var (sizeA, sizeB) = (first.Pixels.Size(), second.Pixels.Size());
            using var maskA = flow.Canvas.Return(places.First, sizeA, camera.MiddleToFirst);
            using var maskB = flow.Canvas.Return(places.Second, sizeB, camera.MiddleToSecond);
            using Mat matteA = SoftMatte.Of(first.Pixels, maskA, 1, ct), matteB = SoftMatte.Of(second.Pixels, maskB, 1, ct);
            ct.ThrowIfCancellationRequested();
            var there = analysis.Fit.Map;
            using Mat overA = Over(second.Pixels, sizeA, there), overB = Over(first.Pixels, sizeB, there.Inverse());
            using Mat hiddenA = Over(matteB, sizeA, there), hiddenB = Over(matteA, sizeB, there.Inverse());
            using var plateA = CleanPlate.Of(first.Pixels, matteA, overA, hiddenA, ct);
            using var plateB = CleanPlate.Of(second.Pixels, matteB, overB, hiddenB, ct);
            layers.Add(plateA, null, format, ct);
            layers.Add(plateB, null, format, ct);
            layers.Add(first.Pixels, matteA, format, ct);
            layers.Add(second.Pixels, matteB, format, ct);
            return layers;
        }
        catch
        {
            layers.Dispose();
            throw;
        }
    }

    /// <summary>The figures of a moment, the first picture's below.</summary>
    public (MeshedLayer First, MeshedLayer Second) At(double time, CoverCrop first, CoverCrop second)
    {
        _way.Draw(time, _meshes);
        var done = _easing(time);
        var figures = _analysis.Flow!.Figures!;
        var toMiddle = _analysis.Camera!.ToMiddle(done);
        Show(figures.First, _meshes.First, toMiddle, 1 - Easing.Smooth((done - Changed) / (1 - Changed)));
        Show(figures.Second, _meshes.Second, toMiddle, Easing.Smooth(done / Changed));
        first.Place(_meshes.First);
        second.Place(_meshes.Second);
        return (new(_sources[2], _meshes.First), new(_sources[3], _meshes.Second));
    }

    public void Dispose() => _sources.ForEach(source => source.Dispose());

    /// <summary>Only where figures have come to: elsewhere the way to look back along is a guess and might find another figure.</summary>
    private void Show(MovingLattice lattice, CoordinateMesh mesh, in Homography toMiddle, double opacity)
    {
        Array.Clear(mesh.Opacity!);
        for (var row = 0; row < mesh.Rows; row++)
        {
            for (var column = 0; column < mesh.Columns; column++)
            {
                var (x, y) = _meshes.Place(column, row);
                (x, y) = toMiddle.Apply(x, y);
                (x, y) = _analysis.Flow!.Canvas.ToPixels(x, y);
                if (lattice.At(x, y).Presence > 0)
                    ShowAround(mesh, column, row, (float)opacity);
            }
        }
    }

    private static void ShowAround(CoordinateMesh mesh, int column, int row, float opacity)
    {
        var (left, right) = (Math.Max(0, column - Around), Math.Min(mesh.Columns - 1, column + Around));
        for (var y = Math.Max(0, row - Around); y <= Math.Min(mesh.Rows - 1, row + Around); y++)
            Array.Fill(mesh.Opacity!, opacity, (y * mesh.Columns) + left, right - left + 1);
    }

    /// <summary>A picture drawn over another one.</summary>
    /// <param name="map">From the other one to the picture, in picture heights from the middle.</param>
    private static Mat Over(Mat picture, Size other, in Homography map)
    {
        var toPixels = new Homography(picture.Height, 0, (picture.Width / 2.0) - 0.5, 0, picture.Height, (picture.Height / 2.0) - 0.5, 0, 0, 1);
        var fromPixels = new Homography(other.Height, 0, (other.Width / 2.0) - 0.5, 0, other.Height, (other.Height / 2.0) - 0.5, 0, 0, 1).Inverse();
        var all = toPixels * map * fromPixels;
        using var matrix = Mat.FromPixelData(3, 3, MatType.CV_64FC1, new[] { all.A, all.B, all.C, all.D, all.E, all.F, all.G, all.H, all.I });
        var over = new Mat();
        Cv2.WarpPerspective(picture, over, matrix, other, InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap, BorderTypes.Reflect);
        return over;
    }

    private void Add(Mat colour, Mat? matte, VideoFormat format, CancellationToken ct) => _sources.Add(LayerSource.Prepare(colour, matte, format, 1, ct));
}
