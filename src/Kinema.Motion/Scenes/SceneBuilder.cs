using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Understands a still picture as surfaces at different distances, so that a camera can move before them.</summary>
internal sealed class SceneBuilder
{
    /// <summary>Below this a figure is not cut out: a wrong cut through a face is worse than none.</summary>
    public double ClearEnoughToCut { get; init; } = 0.55;

    /// <param name="width">Working width: what the scene is seen at, at most, rather than the picture's own.</param>
    public Scene Build(RgbImage image, int width, int height, CancellationToken ct)
    {
        using var picture = WorkingPicture.Of(image, width, height);
        ct.ThrowIfCancellationRequested();
        using var small = SmallPicture.Of(picture);
        var regions = Superpixels.Of(small);
        ct.ThrowIfCancellationRequested();
        var sky = SkyFinder.Find(small, regions);
        var horizon = Horizon.Of(regions, sky);
        var focus = FocusCue.Of(small, regions);
        var prominence = Prominence.Of(regions, Saliency.Of(regions), focus, sky);
        ct.ThrowIfCancellationRequested();
        using var figure = FigureFinder.Find(small, regions, prominence);
        ct.ThrowIfCancellationRequested();
        var (depth, agreement) = DepthCues.Combine(
            small, regions, [GroundCue.Of(regions, sky, horizon.Y, horizon.Certainty), focus, HazeCue.Of(small, regions)]);
        using (depth)
        {
            ct.ThrowIfCancellationRequested();
            var confidence = Math.Clamp(0.1 + (0.6 * figure.Clarity) + (0.3 * agreement), 0, 1);
            return figure.Clarity >= ClearEnoughToCut
                ? WithFigure(picture, small, depth, figure, confidence, ct)
                : Sloped(picture, depth, confidence);
        }
    }

    private static Scene WithFigure(Mat picture, SmallPicture small, Mat depth, Figure figure, double confidence, CancellationToken ct)
    {
        var (rear, front) = Placement.Of(small, depth, figure);
        var (colour, matte, behind) = Peel.Off(picture, figure.Mask, ct);
        var centre = Cv2.Moments(figure.Mask, binaryImage: true);
        var (x, y) = (centre.M10 / centre.M00 / small.Width, centre.M01 / centre.M00 / small.Height);
        return new Scene(
            [new Layer(behind, null, rear), new Layer(colour, matte, front)],
            new SceneReading("cues", confidence, new Subject(x, y, front.At(x, y), Found: true), []));
    }

    private static Scene Sloped(Mat picture, Mat depth, double confidence)
    {
        using var everywhere = new Mat(depth.Size(), MatType.CV_32FC1, Scalar.All(1));
        var surface = Surface.Fit(depth, everywhere, 0.05);
        return new Scene(
            [new Layer(picture.Clone(), null, surface)],
            new SceneReading("cues", confidence, new Subject(0.5, 0.5, surface.At(0.5, 0.5), Found: false), ["no figure stood out clearly enough to be cut out: the picture is one sloped surface"]));
    }
}
