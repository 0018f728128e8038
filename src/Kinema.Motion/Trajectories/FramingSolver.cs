using Kinema.Motion.Cameras;
using Kinema.Motion.Scenes;

namespace Kinema.Motion.Trajectories;

/// <summary>
/// Finds the largest framing for which no frame of a trajectory samples beyond the picture. Scales the trajectory down where the picture has too little
/// room around it.
/// </summary>
internal sealed class FramingSolver(Scene scene, CameraTrajectory trajectory)
{
    /// <summary>Minimum fraction of each side that a framing keeps.</summary>
    public const double MinFraction = 0.85;

    /// <summary>Tolerance in fractions of a side: less than a hundredth of a pixel.</summary>
    public const double Tolerance = 2e-6;

    /// <summary>Number of frames checked during the search; the result is checked on all frames.</summary>
    private const int SampledFrames = 40;

    private const int BisectionSteps = 7;
    private const int MaxIterations = 14;

    private readonly double _aspect = (double)scene.Width / scene.Height;
    private readonly LayerBorder[] _layers = [.. scene.Layers.Select(layer => new LayerBorder(layer)).Where(layer => layer.TouchesBorder)];

    public (CropWindow Framing, double Scale) Solve(CancellationToken ct)
    {
        var step = Math.Max(1, (trajectory.FrameCount - 1) / SampledFrames);
        int[] sampled = [.. Enumerable.Range(0, trajectory.FrameCount).Where(frame => frame % step == 0 || frame == trajectory.FrameCount - 1)];
        int[] all = [.. Enumerable.Range(0, trajectory.FrameCount)];
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i <= BisectionSteps; i++)
        {
            ct.ThrowIfCancellationRequested();
            var scale = i == 0 ? 1 : (low + high) / 2;
            if (Fit(scale, sampled, 12, default) is null)
                high = scale;
            else
                low = scale;
            if (low == 1)
                break;
        }

        // The solution for the sampled frames holds for all frames up to a small correction.
        for (var scale = low; scale > 0.01; scale *= 0.97)
        {
            ct.ThrowIfCancellationRequested();
            if (Fit(scale, sampled, 12, default) is { } margins && Fit(scale, all, 24, margins) is { } final)
                return (final.IsZero ? CropWindow.Whole : final.ToWindow(), scale);
        }

        return (CropWindow.Whole, 0);
    }

    /// <summary>Grows the margins by the overshoot until there is none; null where that leaves too little of the picture.</summary>
    private CropMargins? Fit(double scale, int[] frames, int points, CropMargins margins)
    {
        for (var i = 0; i < MaxIterations; i++)
        {
            var overshoot = Overshoot(scale, frames, points, margins.ToWindow());
            if (overshoot.IsZero)
                return margins;
            margins += (overshoot * 1.03) + new CropMargins(Hair(overshoot.Left), Hair(overshoot.Right), Hair(overshoot.Top), Hair(overshoot.Bottom));
            if (margins.ToWindow().Width < MinFraction)
                return null;
        }

        return null;

        static double Hair(double overshoot) => overshoot > 0 ? 1e-5 : 0;
    }

    private CropMargins Overshoot(double scale, int[] frames, int points, CropWindow framing)
    {
        CropMargins largest = default;
        foreach (var frame in frames)
        {
            var view = new CameraView(trajectory.At(frame, scale), framing, _aspect);
            foreach (var layer in _layers)
                largest = Max(largest, Overshoot(view, layer, points));
        }

        return largest;
    }

    /// <summary>Distance by which the frame's edge samples beyond the picture where the layer is clipped by it.</summary>
    internal static CropMargins Overshoot(CameraView view, LayerBorder layer, int points)
    {
        CropMargins largest = default;
        for (var i = 0; i <= points; i++)
        {
            var along = (double)i / points;
            Check(along, 0);
            Check(along, 1);
            Check(0, along);
            Check(1, along);
        }

        return largest;

        void Check(double frameX, double frameY)
        {
            var (x, y) = view.Locate(frameX, frameY, layer.Depth);
            var overshoot = new CropMargins(Beyond(-x), Beyond(x - 1), Beyond(-y), Beyond(y - 1));
            if (!overshoot.IsZero && layer.IsClippedAt(x, y))
                largest = Max(largest, overshoot);
        }
    }

    private static double Beyond(double distance) => distance > Tolerance ? distance : 0;

    private static CropMargins Max(CropMargins one, CropMargins other) =>
        new(Math.Max(one.Left, other.Left), Math.Max(one.Right, other.Right), Math.Max(one.Top, other.Top), Math.Max(one.Bottom, other.Bottom));
}
