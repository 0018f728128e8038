using Kinema.Motion.FirstLastFrame;
using Kinema.Motion.Rendering;
using OpenCvSharp;

namespace Kinema.Motion.Tests.FirstLastFrame;

/// <summary>A transition between two views of one scene, with checks of the sampled source positions.</summary>
internal sealed class TransitionProbe
{
    /// <summary>Distance from the edge, pixels, at which no mesh cell samples outside the picture.</summary>
    private const double Clear = 2.5 * CoordinateMesh.Spacing;

    private readonly PairGeometry _frame;
    private readonly ITransition _transition;
    private readonly TransitionMeshes _meshes;

    private TransitionProbe(PairGeometry frame, PairAnalysis analysis, ITransition transition) =>
        (_frame, Analysis, _transition, _meshes) = (frame, analysis, transition, new(frame.Width, frame.Height));

    public PairAnalysis Analysis { get; }

    /// <param name="last">Last picture, of any aspect ratio; its central part is the last frame.</param>
    public static TransitionProbe Between(Mat first, Mat last)
    {
        var (firstCrop, lastCrop) = (CenterCrop.Of(first.Width, first.Height, Shape(first)), CenterCrop.Of(last.Width, last.Height, Shape(first)));
        using FramedPicture a = new(first.Clone(), firstCrop), b = new(new Mat(last, lastCrop.KeptRegion).Clone(), lastCrop);
        var frame = new PairGeometry(first.Width, first.Height, firstCrop.Extent, lastCrop.Extent);
        var size = PairAnalysis.SizeFor(first.Width, first.Height);
        using Mat smallA = a.Downscaled(size), smallB = b.Downscaled(size);
        var analysis = PairAnalysis.Of(smallA, smallB, frame, CancellationToken.None);
        return new(frame, analysis, analysis.Transition(smallA, smallB, time => time));
    }

    /// <summary>
    /// Largest errors of a frame, in pixels weighted by visibility: samples beyond a picture and its padding, padding although the other picture covers the
    /// position, and deviation from the camera's view.
    /// </summary>
    public (double Outside, double NeedlessPadding, double ViewDeviation) MaxErrors(double time)
    {
        _transition.FillMeshes(time, _meshes);
        var (outside, needlessPadding, viewDeviation) = (0.0, 0.0, 0.0);
        var camera = Analysis.Camera;
        for (var y = 0; y < _frame.Height; y += 2)
        {
            for (var x = 0; x < _frame.Width; x += 2)
            {
                var (across, down) = ((x + 0.5) / CoordinateMesh.Spacing, (y + 0.5) / CoordinateMesh.Spacing);
                var opacity = At(_meshes.Opacity, across, down);
                var place = (X: (x + 0.5 - (_frame.Width / 2.0)) / _frame.Height, Y: ((y + 0.5) / _frame.Height) - 0.5);
                var (inFirst, inSecond) = (Inside(_meshes.First, _frame.First), Inside(_meshes.Second, _frame.Second));
                Check(_meshes.First, inFirst, inSecond, 1 - opacity, camera?.MiddleToFirst);
                Check(_meshes.Second, inSecond, inFirst, opacity, camera?.MiddleToSecond);

                (double X, double Y) Point(CoordinateMesh mesh) => ((At(mesh.X, across, down) - 0.5) * _frame.Aspect, At(mesh.Y, across, down) - 0.5);

                double Inside(CoordinateMesh mesh, PictureExtent extent) => extent.SignedDistance(Point(mesh)) * _frame.Height;

                void Check(CoordinateMesh mesh, double inside, double inOther, double visibility, Homography? toPicture)
                {
                    var point = Point(mesh);
                    outside = Math.Max(outside, (-inside - (Analysis.Fill * _frame.Height)) * visibility);
                    if (inOther > Clear)
                        needlessPadding = Math.Max(needlessPadding, -inside * visibility);
                    if (toPicture is not { } map || Analysis.Kind != "camera")
                        return;
                    var (middleX, middleY) = camera!.ToMiddle(time).Apply(place.X, place.Y);
                    var (expectedX, expectedY) = map.Apply(middleX, middleY);
                    viewDeviation = Math.Max(viewDeviation, Math.Sqrt(Math.Pow(point.X - expectedX, 2) + Math.Pow(point.Y - expectedY, 2)) * _frame.Height * visibility);
                }
            }
        }

        return (outside, needlessPadding, viewDeviation);
    }

    private static double Shape(Mat picture) => (double)picture.Width / picture.Height;

    private double At(float[] values, double across, double down)
    {
        var columns = _meshes.First.Columns;
        var at = ((int)down * columns) + (int)across;
        var (right, below) = (across - (int)across, down - (int)down);
        var top = values[at] + ((values[at + 1] - values[at]) * right);
        return top + ((values[at + columns] + ((values[at + columns + 1] - values[at + columns]) * right) - top) * below);
    }
}
