using Kinema.Engines;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>The pictures taken apart: both without their moving figures, and the figures of both.</summary>
internal sealed class MovingObjectLayers : IDisposable
{
    /// <summary>How far the move has come when the second picture's figures hide the first one's.</summary>
    private const double Changed = 0.8;

    /// <summary>Cells beyond a figure's own in which its soft edge may lie.</summary>
    private const int Around = 2;

    /// <summary>Pixels without a figure around the pictures: beyond an edge there is nothing of it.</summary>
    private const int Margin = 2;

    private readonly List<LayerSource> _sources = [];
    private readonly PairAnalysis _analysis;
    private readonly MorphTransition _way;
    private readonly Func<double, double> _easing;
    private readonly VideoFormat _format;
    private readonly CenterCrop _first;
    private readonly CenterCrop _second;
    private readonly TransitionMeshes _meshes;

    private MovingObjectLayers(PairAnalysis analysis, FramedPicture first, FramedPicture second, Func<double, double> easing, VideoFormat format)
    {
        (_analysis, _easing, _format, _meshes) = (analysis, easing, format, new(format.Width, format.Height, bothFade: true));
        (_first, _second) = (first.Crop.Within(first.Pixels.Size(), Margin), second.Crop.Within(second.Pixels.Size(), Margin));
        _way = new(analysis.Camera!, analysis.Flow!.Figures, easing, isHeld: false);
    }

    public LayerSource FirstPlate => _sources[0];

    public LayerSource SecondPlate => _sources[1];

    /// <summary>Null where nothing stands out of the pictures.</summary>
    public static MovingObjectLayers? Of(
        PairAnalysis analysis, FramedPicture first, FramedPicture second, Func<double, double> easing, VideoFormat format, CancellationToken ct)
    {
        if (analysis is not { Kind: "flow", Flow.FigurePlaces: not null })
            return null;

        var layers = new MovingObjectLayers(analysis, first, second, easing, format);
        try
        {
            layers.Add(first, second, ct);
            return layers;
        }
        catch
        {
            layers.Dispose();
            throw;
        }
    }

    /// <summary>The figures of a moment, the first picture's below.</summary>
    public (MeshedLayer First, MeshedLayer Second) At(double time)
    {
        _way.Draw(time, _meshes, Homography.Identity);
        var done = _easing(time);
        var figures = _analysis.Flow!.Figures!;
        var toMiddle = _analysis.Camera!.ToMiddle(done);
        Show(figures.First, _meshes.First, toMiddle, 1 - Easing.Smooth((done - Changed) / (1 - Changed)));
        Show(figures.Second, _meshes.Second, toMiddle, Easing.Smooth(done / Changed));
        _first.Place(_meshes.First);
        _second.Place(_meshes.Second);
        return (new(_sources[2], _meshes.First), new(_sources[3], _meshes.Second));
    }

    public void Dispose() => _sources.ForEach(source => source.Dispose());

    /// <summary>Only where figures have come to: elsewhere the way to look back along is a guess and might find another figure.</summary>
    private void Show(FlowSplatter lattice, CoordinateMesh mesh, in Homography toMiddle, double opacity)
    {
        Array.Clear(mesh.Opacity!);
        for (var row = 0; row < mesh.Rows; row++)
        {
            for (var column = 0; column < mesh.Columns; column++)
            {
                var (x, y) = _meshes.Place(column, row);
                (x, y) = toMiddle.Apply(x, y);
                (x, y) = _analysis.Flow!.Grid.ToPixels(x, y);
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

    private void Add(FramedPicture first, FramedPicture second, CancellationToken ct)
    {
        var (canvas, (marksA, marksB)) = (_analysis.Flow!.Grid, _analysis.Flow.FigurePlaces!.Value);
        var camera = _analysis.Camera!;
        var (sizeA, sizeB) = (first.Pixels.Size(), second.Pixels.Size());
        using Mat maskA = canvas.Return(marksA, sizeA, first.ToPixels * camera.MiddleToFirst), maskB = canvas.Return(marksB, sizeB, second.ToPixels * camera.MiddleToSecond);
        using Mat matteA = SoftMatte.Of(first.Pixels, maskA, 1, ct), matteB = SoftMatte.Of(second.Pixels, maskB, 1, ct);
        ct.ThrowIfCancellationRequested();
        var there = second.ToPixels * _analysis.Fit.Map * first.ToPixels.Inverse();
        var back = there.Inverse();
        using Mat overA = Over(second.Pixels, sizeA, there, Scalar.Black), overB = Over(first.Pixels, sizeB, back, Scalar.Black);
        // What the other picture does not show is as little known as what is hidden there.
        using Mat hiddenA = Over(matteB, sizeA, there, Scalar.White), hiddenB = Over(matteA, sizeB, back, Scalar.White);
        using var plateA = CleanPlate.Of(first.Pixels, matteA, overA, hiddenA, ct);
        using var plateB = CleanPlate.Of(second.Pixels, matteB, overB, hiddenB, ct);
        _sources.Add(Plate(first with { Pixels = plateA }, ct));
        _sources.Add(Plate(second with { Pixels = plateB }, ct));
        _sources.Add(Figure(first, matteA, ct));
        _sources.Add(Figure(second, matteB, ct));
    }

    private LayerSource Figure(FramedPicture picture, Mat matte, CancellationToken ct)
    {
        using Mat colours = new(), outline = new();
        Cv2.CopyMakeBorder(picture.Pixels, colours, Margin, Margin, Margin, Margin, BorderTypes.Replicate);
        Cv2.CopyMakeBorder(matte, outline, Margin, Margin, Margin, Margin, BorderTypes.Constant, Scalar.Black);
        return new FramedPicture(colours, picture.Crop.Within(picture.Pixels.Size(), Margin)).Layer(outline, _format, ct);
    }

    private LayerSource Plate(FramedPicture picture, CancellationToken ct)
    {
        using var surrounded = picture.Surrounded(_analysis.Camera!.Fill, ct);
        return surrounded.Layer(null, _format, ct);
    }

    /// <summary>A picture drawn over another one.</summary>
    /// <param name="map">From pixels of the other one to pixels of the picture.</param>
    /// <param name="beyond">What is drawn where the picture does not reach.</param>
    private static Mat Over(Mat picture, Size other, in Homography map, Scalar beyond)
    {
        using var matrix = Mat.FromPixelData(3, 3, MatType.CV_64FC1, new[] { map.A, map.B, map.C, map.D, map.E, map.F, map.G, map.H, map.I });
        var over = new Mat();
        Cv2.WarpPerspective(picture, over, matrix, other, InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap, BorderTypes.Constant, beyond);
        return over;
    }
}
