using Kinema.Motion.Cameras;
using Kinema.Motion.Scenes;

namespace Kinema.Motion.Trajectories;

/// <summary>
/// Finds the largest framing from which a camera's whole way shows nothing from beyond the picture, and shortens the way where the picture has not enough
/// around it.
/// </summary>
internal sealed class FramingSolver(Scene scene, CameraTrajectory track)
{
    /// <summary>Framings keep at least this much of each side.</summary>
    public const double Smallest = 0.85;

    /// <summary>Of a side: less than a hundredth of a pixel.</summary>
    public const double Tolerance = 2e-6;

    /// <summary>Frames that are looked at while searching; the result is held against all of them.</summary>
    private const int Glances = 40;

    private const int Shortenings = 7;
    private const int Rounds = 14;

    private readonly double _aspect = (double)scene.Width / scene.Height;
    private readonly LayerBorder[] _layers = [.. scene.Layers.Select(layer => new LayerBorder(layer)).Where(layer => layer.Reaches)];

    public (CropWindow Framing, double Scale) Solve(CancellationToken ct)
    {
        var step = Math.Max(1, (track.FrameCount - 1) / Glances);
        int[] glances = [.. Enumerable.Range(0, track.FrameCount).Where(frame => frame % step == 0 || frame == track.FrameCount - 1)];
        int[] all = [.. Enumerable.Range(0, track.FrameCount)];
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i <= Shortenings; i++)
        {
            ct.ThrowIfCancellationRequested();
            var scale = i == 0 ? 1 : (low + high) / 2;
            if (Fit(scale, glances, 12, default) is null)
                high = scale;
            else
                low = scale;
            if (low == 1)
                break;
        }

        // What was found with a few frames holds for all of them but for a hair.
        for (var scale = low; scale > 0.01; scale *= 0.97)
        {
            ct.ThrowIfCancellationRequested();
            if (Fit(scale, glances, 12, default) is { } margins && Fit(scale, all, 24, margins) is { } final)
                return (final.IsNone ? CropWindow.Whole : final.ToWindow(), scale);
        }

        return (CropWindow.Whole, 0);
    }

    /// <summary>Adds to the margins what stands out, until nothing does; null where that takes more than the picture has.</summary>
    private CropMargins? Fit(double scale, int[] frames, int points, CropMargins margins)
    {
        for (var i = 0; i < Rounds; i++)
        {
            var over = Overshoot(scale, frames, points, margins.ToWindow());
            if (over.IsNone)
                return margins;
            margins += (over * 1.03) + new CropMargins(Hair(over.Left), Hair(over.Right), Hair(over.Top), Hair(over.Bottom));
            if (margins.ToWindow().Width < Smallest)
                return null;
        }

        return null;

        static double Hair(double over) => over > 0 ? 1e-5 : 0;
    }

    private CropMargins Overshoot(double scale, int[] frames, int points, CropWindow framing)
    {
        CropMargins worst = default;
        foreach (var frame in frames)
        {
            var view = new CameraView(track.At(frame, scale), framing, _aspect);
            foreach (var layer in _layers)
                worst = Worse(worst, Overshoot(view, layer, points));
        }

        return worst;
    }

    /// <summary>How far the frame's edge reaches beyond the picture where the layer is cut by it.</summary>
    internal static CropMargins Overshoot(CameraView view, LayerBorder layer, int points)
    {
        CropMargins worst = default;
        for (var i = 0; i <= points; i++)
        {
            var along = (double)i / points;
            Look(along, 0);
            Look(along, 1);
            Look(0, along);
            Look(1, along);
        }

        return worst;

        void Look(double frameX, double frameY)
        {
            var (x, y) = view.Locate(frameX, frameY, layer.Depth);
            var over = new CropMargins(Beyond(-x), Beyond(x - 1), Beyond(-y), Beyond(y - 1));
            if (!over.IsNone && layer.IsCutAt(x, y))
                worst = Worse(worst, over);
        }
    }

    private static double Beyond(double distance) => distance > Tolerance ? distance : 0;

    private static CropMargins Worse(CropMargins one, CropMargins other) =>
        new(Math.Max(one.Left, other.Left), Math.Max(one.Right, other.Right), Math.Max(one.Top, other.Top), Math.Max(one.Bottom, other.Bottom));
}
