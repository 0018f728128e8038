using Kinema.Engines;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Layers of both pictures: a clean plate and the moving objects of each.</summary>
internal sealed class MovingObjectLayers : IDisposable
{
    /// <summary>Progress at which the second picture's objects fully cover the first one's.</summary>
    private const double SwitchProgress = 0.8;

    /// <summary>Cells around an object that may contain its soft edge.</summary>
    private const int FeatherCells = 2;

    /// <summary>Transparent pixels around the pictures: an object ends at the edge.</summary>
    private const int Margin = 2;

    private readonly List<LayerSource> _sources = [];
    private readonly PairAnalysis _analysis;
    private readonly MorphTransition _transition;
    private readonly Func<double, double> _easing;
    private readonly VideoFormat _format;
    private readonly CenterCrop _first;
    private readonly CenterCrop _second;
    private readonly TransitionMeshes _meshes;

    private MovingObjectLayers(PairAnalysis analysis, FramedPicture first, FramedPicture second, Func<double, double> easing, VideoFormat format)
    {
        (_analysis, _easing, _format, _meshes) = (analysis, easing, format, new(format.Width, format.Height, bothFade: true));
        (_first, _second) = (first.Crop.Padded(first.Pixels.Size(), Margin), second.Crop.Padded(second.Pixels.Size(), Margin));
        _transition = new(analysis.Camera!, analysis.Flow!.MovingObjects, easing, keepInside: false);
    }

    public LayerSource FirstPlate => _sources[0];

    public LayerSource SecondPlate => _sources[1];

    /// <summary>Returns null if the pictures have no separable moving object.</summary>
    public static MovingObjectLayers? Of(
        PairAnalysis analysis, FramedPicture first, FramedPicture second, Func<double, double> easing, VideoFormat format, CancellationToken ct)
    {
        if (analysis is not { Kind: "flow", Flow.MovingObjectMasks: not null })
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

    /// <summary>Object layers at a time, the first picture's below.</summary>
    public (MeshedLayer First, MeshedLayer Second) At(double time)
    {
        _transition.FillMeshes(time, _meshes, Homography.Identity);
        var done = _easing(time);
        var objects = _analysis.Flow!.MovingObjects!;
        var toMiddle = _analysis.Camera!.ToMiddle(done);
        FillOpacity(objects.First, _meshes.First, toMiddle, 1 - Easing.SmoothStep((done - SwitchProgress) / (1 - SwitchProgress)));
        FillOpacity(objects.Second, _meshes.Second, toMiddle, Easing.SmoothStep(done / SwitchProgress));
        _first.ToPixelFractions(_meshes.First);
        _second.ToPixelFractions(_meshes.Second);
        return (new(_sources[2], _meshes.First), new(_sources[3], _meshes.Second));
    }

    public void Dispose() => _sources.ForEach(source => source.Dispose());

    /// <summary>Sets opacity only where objects arrive: elsewhere the backward flow is a guess and might sample another object.</summary>
    private void FillOpacity(FlowSplatter splatter, CoordinateMesh mesh, in Homography toMiddle, double opacity)
    {
        Array.Clear(mesh.Opacity!);
        for (var row = 0; row < mesh.Rows; row++)
        {
            for (var column = 0; column < mesh.Columns; column++)
            {
                var (x, y) = _meshes.VertexPosition(column, row);
                (x, y) = toMiddle.Apply(x, y);
                (x, y) = _analysis.Flow!.Grid.ToPixels(x, y);
                if (splatter.At(x, y).Presence > 0)
                    FillOpacityAround(mesh, column, row, (float)opacity);
            }
        }
    }

    private static void FillOpacityAround(CoordinateMesh mesh, int column, int row, float opacity)
    {
        var (left, right) = (Math.Max(0, column - FeatherCells), Math.Min(mesh.Columns - 1, column + FeatherCells));
        for (var y = Math.Max(0, row - FeatherCells); y <= Math.Min(mesh.Rows - 1, row + FeatherCells); y++)
            Array.Fill(mesh.Opacity!, opacity, (y * mesh.Columns) + left, right - left + 1);
    }

    private void Add(FramedPicture first, FramedPicture second, CancellationToken ct)
    {
        var (grid, (masksA, masksB)) = (_analysis.Flow!.Grid, _analysis.Flow.MovingObjectMasks!.Value);
        var camera = _analysis.Camera!;
        var (sizeA, sizeB) = (first.Pixels.Size(), second.Pixels.Size());
        using Mat maskA = grid.WarpMaskBack(masksA, sizeA, first.ToPixels * camera.MiddleToFirst),
            maskB = grid.WarpMaskBack(masksB, sizeB, second.ToPixels * camera.MiddleToSecond);
        using Mat matteA = AlphaMatte.Of(first.Pixels, maskA, 1, ct), matteB = AlphaMatte.Of(second.Pixels, maskB, 1, ct);
        ct.ThrowIfCancellationRequested();
        var secondToFirst = second.ToPixels * _analysis.Fit.Map * first.ToPixels.Inverse();
        var firstToSecond = secondToFirst.Inverse();
        using Mat overA = WarpOnto(second.Pixels, sizeA, secondToFirst, Scalar.Black), overB = WarpOnto(first.Pixels, sizeB, firstToSecond, Scalar.Black);
        // Content outside the other picture is as unknown as content hidden in it.
        using Mat hiddenA = WarpOnto(matteB, sizeA, secondToFirst, Scalar.White), hiddenB = WarpOnto(matteA, sizeB, firstToSecond, Scalar.White);
        using var plateA = CleanPlate.Of(first.Pixels, matteA, overA, hiddenA, ct);
        using var plateB = CleanPlate.Of(second.Pixels, matteB, overB, hiddenB, ct);
        _sources.Add(PlateSource(first with { Pixels = plateA }, ct));
        _sources.Add(PlateSource(second with { Pixels = plateB }, ct));
        _sources.Add(ObjectSource(first, matteA, ct));
        _sources.Add(ObjectSource(second, matteB, ct));
    }

    private LayerSource ObjectSource(FramedPicture picture, Mat matte, CancellationToken ct)
    {
        using Mat colours = new(), outline = new();
        Cv2.CopyMakeBorder(picture.Pixels, colours, Margin, Margin, Margin, Margin, BorderTypes.Replicate);
        Cv2.CopyMakeBorder(matte, outline, Margin, Margin, Margin, Margin, BorderTypes.Constant, Scalar.Black);
        return new FramedPicture(colours, picture.Crop.Padded(picture.Pixels.Size(), Margin)).ToLayerSource(outline, _format, ct);
    }

    private LayerSource PlateSource(FramedPicture picture, CancellationToken ct)
    {
        using var surrounded = picture.Padded(_analysis.Camera!.Fill, ct);
        return surrounded.ToLayerSource(null, _format, ct);
    }

    /// <summary>Warps a picture onto another one.</summary>
    /// <param name="map">Map from pixels of the other one to pixels of the picture.</param>
    /// <param name="beyond">Border value outside the picture.</param>
    private static Mat WarpOnto(Mat picture, Size other, in Homography map, Scalar beyond)
    {
        using var matrix = Mat.FromPixelData(3, 3, MatType.CV_64FC1, new[] { map.A, map.B, map.C, map.D, map.E, map.F, map.G, map.H, map.I });
        var over = new Mat();
        Cv2.WarpPerspective(picture, over, matrix, other, InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap, BorderTypes.Constant, beyond);
        return over;
    }
}
