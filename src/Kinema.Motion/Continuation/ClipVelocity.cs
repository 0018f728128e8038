namespace Kinema.Motion.Continuation;

/// <summary>Motion at the end of a clip: of the camera, and of objects.</summary>
/// <param name="Camera">Camera motion per frame; null if the estimate failed.</param>
/// <param name="Objects">Residual motion per frame at each position after subtracting the camera motion.</param>
internal sealed record ClipVelocity(SimilarityTransform? Camera, ObjectMotion Objects)
{
    public static ClipVelocity Of(ClipTail tail)
    {
        var frames = Enumerable.Range(0, tail.Count).Select(tail.DownscaledLuma).ToArray();
        try
        {
            var steps = Enumerable.Range(0, Math.Max(0, frames.Length - 1))
                .Select(back => GlobalMotionEstimator.Estimate(frames[back + 1], frames[back])).ToList();
            if (steps.Count == 0 || steps[0] is null)
                return new(null, ObjectMotion.None);

            var known = steps.OfType<SimilarityTransform>().ToList();
            var camera = new SimilarityTransform(
                Median(known, s => s.X), Median(known, s => s.Y), Median(known, s => s.LogScale), Median(known, s => s.Rotation));
            return new(camera, ObjectMotion.Estimate(frames[1], frames[0], steps[0]!.Value));
        }
        finally
        {
            foreach (var frame in frames)
                frame.Dispose();
        }
    }

    /// <summary>The median ignores a repeated frame or a jolt.</summary>
    private static double Median(List<SimilarityTransform> steps, Func<SimilarityTransform, double> part)
    {
        var sorted = steps.Select(part).Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
