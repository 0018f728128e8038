using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Understands a still picture as surfaces at different distances, so that a camera can move before them.</summary>
internal sealed class SceneBuilder(DepthNetwork? network = null)
{
    /// <summary>
    /// Below this a figure is not cut out: a wrong cut through a face is worse than none. Whole figures on photographs reach 0.8 and more; those of
    /// which a part was missed, an ear or the tip of a rocket, stay below 0.6.
    /// </summary>
    private const double ClearEnoughToCut = 0.65;

    /// <summary>Of a picture without a figure: near and far part a little, and what stands upright hardly leans.</summary>
    private const double PlaneConfidence = 0.2;

    private const double FlatConfidence = 0.05;
    private const double NetworkConfidence = 0.9;

    /// <param name="width">Working width: what the scene is seen at, at most, rather than the picture's own.</param>
    public Scene Build(RgbImage image, int width, int height, CancellationToken ct) => Build(image, width, height, around: false, ct);

    /// <param name="width">Working width: what the scene is seen at, at most, rather than the picture's own.</param>
    /// <param name="around">The camera only goes round the middle: a figure is then round, and where none is found the picture is rounded instead of sloped.</param>
    public Scene Build(RgbImage image, int width, int height, bool around, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var picture = WorkingPicture.Of(image, width, height);
        ct.ThrowIfCancellationRequested();
        using var small = SmallPicture.Of(picture);
        List<string> notes = [];
        var blur = Math.Clamp((double)width / image.Width, 1, 6);
        if (network is { IsConfigured: true } && FromNetwork(picture, small, blur, notes, ct) is { } scene)
            return scene;
        var kind = PictureKinds.Of(small);
        if (kind != PictureKind.Space)
        {
            var flat = new SceneReading("none", FlatConfidence, new Subject(0.5, 0.5, 0.5, Found: false), [.. notes, PictureKinds.Note(kind)]);
            return new Scene([new Layer(picture.Clone(), null, InverseDepth.Flat(0.5))], flat);
        }

        return FromCues(picture, small, blur, around, notes, ct);
    }

    private static Scene FromCues(Mat picture, SmallPicture small, double blur, bool around, List<string> notes, CancellationToken ct)
    {
        var regions = Superpixels.Of(small);
        ct.ThrowIfCancellationRequested();
        var sky = SkyFinder.Find(small, regions);
        var horizon = Horizon.Of(small, regions, sky);
        var focus = FocusCue.Of(small, regions);
        using var backcloth = Backcloth.Of(small);
        var guesses = Guesses.Of(regions, Saliency.Of(regions), focus, sky, backcloth);
        using var figure = FigureFinder.Find(small, regions, guesses, ct);
        ct.ThrowIfCancellationRequested();
        var ground = GroundCue.Of(regions, sky, horizon.Y, horizon.Certainty);
        var (depth, agreement) = DepthCues.Combine(small, regions, [ground, focus, HazeCue.Of(small, regions)]);
        using (depth)
        {
            ct.ThrowIfCancellationRequested();
            var confidence = Math.Clamp(0.1 + (0.6 * figure.Clarity) + (0.3 * agreement), 0, 1);
            if (figure.Clarity < ClearEnoughToCut)
            {
                notes.Add($"no figure stood out clearly enough to be cut out: the picture is one {(around ? "rounded surface" : "sloped plane")}");
                var plane = around ? Surface.Column() : Surface.Plane(depth);
                var subject = SubjectFinder.Nothing with { InverseDepth = plane.At(0.5, 0.5) };
                return Layering.Of(picture, [plane], [], blur, new SceneReading("cues", Math.Min(confidence, PlaneConfidence), subject, notes), ct);
            }

            using var mask = OutlineRefiner.Refine(picture, figure.Mask, backcloth.Plainness, ct);
            var (rear, front) = Placement.Of(small, depth, mask, figure.Clarity, figure.IsWitnessed, around);
            var surfaces = Surface.Stretch(rear, front);
            var reading = new SceneReading("cues", confidence, SubjectFinder.Of(mask, surfaces[^1]), notes) { Plainness = backcloth.Plainness };
            return Layering.Of(picture, surfaces, [mask], blur, reading, ct);
        }
    }

    private Scene? FromNetwork(Mat picture, SmallPicture small, double blur, List<string> notes, CancellationToken ct)
    {
        var (seen, digest, problem) = network!.Look(picture);
        if (problem is not null)
            notes.Add(problem);
        if (seen is null)
            return null;
        using (seen)
        {
            ct.ThrowIfCancellationRequested();
            using var depth = new Mat();
            Cv2.Resize(seen, depth, small.Colour.Size(), interpolation: InterpolationFlags.Linear);
            var cuts = DepthCuts.Find(depth);
            try
            {
                var subject = cuts.Count > 0 ? SubjectFinder.Of(cuts[0], Surface.Everywhere(depth)) : SubjectFinder.Nothing;
                return Layering.Of(picture, depth, cuts, blur, new SceneReading("network", NetworkConfidence, subject, notes) { NetworkDigest = digest }, ct);
            }
            finally
            {
                foreach (var cut in cuts)
                    cut.Dispose();
            }
        }
    }
}
