using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Continuation;

/// <summary>
/// Where the last frame of a clip goes: on at the clip's pace, which fades, and into a slow move of its own. It grows as much as is needed that its
/// edges never come into sight.
/// </summary>
internal sealed class MotionExtrapolation
{
    /// <summary>Frames in which the clip's pace falls to about a third.</summary>
    private const double SlowestFade = 15;

    private const double QuickestFade = 2;

    /// <summary>The most the picture may grow to hide its edges.</summary>
    private const double MostHiding = 0.22;

    private readonly SimilarityTransform _pace;
    private readonly SimilarityTransform _goal;
    private readonly int _frames;
    private readonly double _fade;
    private readonly double _hiding;
    private readonly int _hidingFrames;

    private MotionExtrapolation(SimilarityTransform pace, SimilarityTransform goal, int frames, double fade, double hiding, int hidingFrames) =>
        (_pace, _goal, _frames, _fade, _hiding, _hidingFrames) = (pace, goal, frames, fade, hiding, hidingFrames);

    /// <summary>How far the clip's own pace was kept: 1, or less where its edges could not be hidden otherwise.</summary>
    public double Kept { get; private init; } = 1;

    /// <param name="pace">Of the clip, for one frame.</param>
    /// <param name="goal">What shall have happened at the end, besides.</param>
    /// <param name="frames">Frames to come.</param>
    /// <param name="aspect">Width over height of the frame.</param>
    /// <param name="margin">What was filled beyond the frame's edges, in its heights.</param>
    public static MotionExtrapolation For(SimilarityTransform pace, SimilarityTransform goal, int frames, double aspect, double margin)
    {
        for (var kept = 1.0; kept > 0.05; kept *= 0.7)
        {
            for (var fade = SlowestFade; fade >= QuickestFade; fade *= 0.75)
            {
                var bare = new MotionExtrapolation(pace * kept, goal, frames, fade, 0, 1);
                var needed = Enumerable.Range(0, frames + 1).Select(frame => Needed(bare.Bare(frame), aspect, margin)).ToArray();
                var most = needed.Max();
                if (most == 0)
                    return new(pace * kept, goal, frames, fade, 0, 1) { Kept = kept };
                if (most <= MostHiding && Rise(needed, most, frames) is { } rise)
                    return new(pace * kept, goal, frames, fade, most, rise) { Kept = kept };
            }
        }

        return new(SimilarityTransform.None, SimilarityTransform.None, frames, QuickestFade, 0, 1) { Kept = 0 };
    }

    /// <summary>Frames' worth of the clip's pace that have been made up to a frame.</summary>
    public double Run(int frame) => Math.Exp(-0.5 / _fade) * (1 - Math.Exp(-frame / _fade)) / (1 - Math.Exp(-1 / _fade));

    /// <summary>What has happened to the clip's last frame.</summary>
    /// <param name="frame">1 is the first new frame.</param>
    public SimilarityTransform At(int frame)
    {
        var bare = Bare(frame);
        var hiding = _hiding * Easing.At(Math.Min(1, (double)frame / _hidingFrames));
        var grown = Math.Exp(hiding);
        return new(bare.X * grown, bare.Y * grown, bare.Growth + hiding, bare.Turn);
    }

    private SimilarityTransform Bare(int frame) => (_pace * Run(frame)) + (_goal * Easing.At(Math.Min(1, (double)frame / _frames)));

    /// <summary>The slowest growth that hides the edges at every frame.</summary>
    private static int? Rise(double[] needed, double most, int frames)
    {
        for (var rise = Math.Min(frames, 60); rise >= Math.Min(frames, 10); rise--)
        {
            if (Enumerable.Range(0, frames + 1).All(frame => most * Easing.At(Math.Min(1, (double)frame / rise)) >= needed[frame] - 1e-9))
                return rise;
        }

        return null;
    }

    /// <summary>By how much, as a logarithm, a moved picture must grow about the frame's middle to cover the frame.</summary>
    private static double Needed(SimilarityTransform moved, double aspect, double margin)
    {
        var shrink = 1.0;
        foreach (var (x, y) in new[] { (-aspect / 2, -0.5), (aspect / 2, -0.5), (-aspect / 2, 0.5), (aspect / 2, 0.5) })
        {
            // The corner's place in the picture is a·u − b, with u the shrinkage looked for.
            var (aX, aY) = (moved with { X = 0, Y = 0 }).Undo(x, y);
            var (bX, bY) = (moved with { X = 0, Y = 0 }).Undo(moved.X, moved.Y);
            shrink = Math.Min(shrink, Math.Min(Largest(aX, bX, (aspect / 2) + margin), Largest(aY, bY, 0.5 + margin)));
        }

        return shrink <= 0 ? double.PositiveInfinity : -Math.Log(shrink);

        static double Largest(double a, double b, double limit) => a > 0 ? (limit + b) / a : a < 0 ? (limit - b) / -a : 1;
    }
}
