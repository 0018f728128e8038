using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Analyses a still picture and builds a scene of surfaces at different distances.</summary>
internal sealed class SceneBuilder(DepthNetwork? network = null)
{
    /// <summary>
    /// Least confidence for a foreground layer. A wrong boundary through a face is worse than no layer. Complete objects in photographs reach 0.8 and more.
    /// Incomplete ones, without an ear or the tip of a rocket, stay below 0.6.
    /// </summary>
    private const double MinForegroundConfidence = 0.65;

    /// <summary>For a picture without a foreground object: little parallax, and vertical structures hardly lean.</summary>
    private const double MaxPlaneConfidence = 0.2;

    private const double FlatConfidence = 0.05;
    private const double NetworkDepthConfidence = 0.9;

    /// <param name="width">Working width: the greatest width at which the video shows the scene, not the picture's own.</param>
    public Scene Build(RgbImage image, int width, int height, CancellationToken ct) => Build(image, width, height, orbit: false, ct);

    /// <param name="width">Working width: the greatest width at which the video shows the scene, not the picture's own.</param>
    /// <param name="orbit">The camera only orbits the centre. The object is then a rounded surface; without an object the picture is a cylinder instead of a
    /// plane.</param>
    public Scene Build(RgbImage image, int width, int height, bool orbit, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var picture = WorkingImage.Of(image, width, height);
        ct.ThrowIfCancellationRequested();
        using var analysed = AnalysisImage.Of(picture);
        List<string> notes = [];
        var blur = Math.Clamp((double)width / image.Width, 1, 6);
        if (network is { IsConfigured: true } && FromNetwork(picture, analysed, blur, notes, ct) is { } scene)
            return scene;
        var kind = PictureKinds.Classify(analysed);
        if (kind != PictureKind.NaturalScene)
        {
            var flat = new SceneAnalysis("none", FlatConfidence, new Subject(0.5, 0.5, 0.5, Found: false), [.. notes, PictureKinds.Note(kind)]);
            return new Scene([new Layer(picture.Clone(), null, InverseDepth.Flat(0.5))], flat);
        }

        return FromCues(picture, analysed, blur, orbit, notes, ct);
    }

    private static Scene FromCues(Mat picture, AnalysisImage analysed, double blur, bool orbit, List<string> notes, CancellationToken ct)
    {
        var regions = Superpixels.Of(analysed);
        ct.ThrowIfCancellationRequested();
        var sky = SkyDetector.Detect(analysed, regions);
        var horizon = Horizon.Of(analysed, regions, sky);
        var focus = FocusCue.Of(analysed, regions);
        using var background = BackgroundModel.Of(analysed);
        var priors = ForegroundPriors.Of(regions, Saliency.Of(regions), focus, sky, background);
        using var foreground = ForegroundSegmenter.Segment(analysed, regions, priors, ct);
        ct.ThrowIfCancellationRequested();
        var ground = GroundCue.Of(regions, sky, horizon.Y, horizon.Certainty);
        var (depth, agreement) = DepthCueFusion.Combine(analysed, regions, [ground, focus, HazeCue.Of(analysed, regions)]);
        using (depth)
        {
            ct.ThrowIfCancellationRequested();
            var confidence = Math.Clamp(0.1 + (0.6 * foreground.Confidence) + (0.3 * agreement), 0, 1);
            if (foreground.Confidence < MinForegroundConfidence)
            {
                notes.Add($"no figure stood out clearly enough to be cut out: the picture is one {(orbit ? "rounded surface" : "sloped plane")}");
                var plane = orbit ? SurfaceFitting.Cylinder() : SurfaceFitting.Plane(depth);
                var subject = SubjectLocator.Default with { InverseDepth = plane.At(0.5, 0.5) };
                return LayerDecomposition.Decompose(
                    picture, [plane], [], blur, new SceneAnalysis("cues", Math.Min(confidence, MaxPlaneConfidence), subject, notes), ct);
            }

            using var mask = MaskRefiner.Refine(picture, foreground.Mask, background.Uniformity, ct);
            var (rear, front) = ForegroundPlacement.Of(analysed, depth, mask, foreground.Confidence, foreground.IsConfirmed, orbit);
            var surfaces = SurfaceFitting.Normalise(rear, front);
            var foregroundSubject = SubjectLocator.Locate(mask, surfaces[^1]);
            var analysis = new SceneAnalysis("cues", confidence, foregroundSubject, notes) { BackgroundUniformity = background.Uniformity };
            return LayerDecomposition.Decompose(picture, surfaces, [mask], blur, analysis, ct);
        }
    }

    private Scene? FromNetwork(Mat picture, AnalysisImage analysed, double blur, List<string> notes, CancellationToken ct)
    {
        var (predicted, digest, problem) = network!.Predict(picture);
        if (problem is not null)
            notes.Add(problem);
        if (predicted is null)
            return null;
        using (predicted)
        {
            ct.ThrowIfCancellationRequested();
            using var depth = new Mat();
            Cv2.Resize(predicted, depth, analysed.Colour.Size(), interpolation: InterpolationFlags.Linear);
            var masks = DepthDiscontinuities.Find(depth);
            try
            {
                var subject = masks.Count > 0 ? SubjectLocator.Locate(masks[0], SurfaceFitting.FitAll(depth)) : SubjectLocator.Default;
                return LayerDecomposition.Decompose(
                    picture, depth, masks, blur, new SceneAnalysis("network", NetworkDepthConfidence, subject, notes) { NetworkDigest = digest }, ct);
            }
            finally
            {
                foreach (var layerMask in masks)
                    layerMask.Dispose();
            }
        }
    }
}
