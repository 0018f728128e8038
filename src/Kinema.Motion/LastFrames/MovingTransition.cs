using Kinema.Motion.Paths;
using Kinema.Motion.Rendering;

namespace Kinema.Motion.LastFrames;

/// <summary>The camera's way between the pictures and, where something moves by itself, that thing's way too.</summary>
/// <param name="flow">Null where the camera's move explains all.</param>
/// <param name="easing">How far the move has come at a share of the time; from 0 at 0 to 1 at 1.</param>
internal sealed class MovingTransition(CameraBetween camera, ResidualFlow? flow, Func<double, double> easing) : ITransition
{
    /// <summary>Frame pixels over which a picture's edge is softened.</summary>
    private const double Feather = 48;

    /// <summary>Share of the time, in the middle, in which what is not understood changes over.</summary>
    private const double Doubtful = 0.4;

    public void Draw(double time, PictureMeshes meshes)
    {
        var done = Math.Clamp(easing(time), 0, 1);
        flow?.First.Move((float)done);
        flow?.Second.Move((float)(1 - done));
        var toMiddle = camera.ToMiddle(done);
        for (int row = 0, vertex = 0; row < meshes.First.Rows; row++)
        {
            for (var column = 0; column < meshes.First.Columns; column++, vertex++)
            {
                var (frameX, frameY) = meshes.Place(column, row);
                var (x, y) = toMiddle.Apply(frameX, frameY);
                var (first, second) = flow is null ? (Unmoved(x, y), Unmoved(x, y)) : Moved(flow, x, y, done);
                var inFirst = meshes.ToFractions(camera.MiddleToFirst.Apply(first.X, first.Y));
                var inSecond = meshes.ToFractions(camera.MiddleToSecond.Apply(second.X, second.Y));
                var seenFirst = first.Weight * Inside(inFirst, done, meshes);
                var seenSecond = second.Weight * Inside(inSecond, 1 - done, meshes);
                meshes.Set(vertex, inFirst, inSecond, Opacity(done, seenFirst, seenSecond, Math.Max(first.Trust, second.Trust)));
            }
        }
    }

    private static Sight Unmoved(double x, double y) => new(x, y, 1, 1);

    private static (Sight First, Sight Second) Moved(ResidualFlow flow, double x, double y, double done)
    {
        var (canvasX, canvasY) = flow.Canvas.ToPixels(x, y);
        return (Seen(flow.First.At(canvasX, canvasY), done), Seen(flow.Second.At(canvasX, canvasY), 1 - done));

        Sight Seen(Moved moved, double share) => new(
            x - (moved.X * share / flow.Canvas.Scale), y - (moved.Y * share / flow.Canvas.Scale), Math.Min(1, moved.Presence / 0.6) * moved.Trust, moved.Trust);
    }

    private static double Opacity(double done, double seenFirst, double seenSecond, double trust)
    {
        if (done is <= 0 or >= 1)
            return done;

        var share = Easing.Smooth((done - 0.5 + (Doubtful / 2)) / Doubtful);
        share += (done - share) * Easing.Smooth(trust * 2);
        var (ofFirst, ofSecond) = ((1 - share) * seenFirst, share * seenSecond);
        return ofFirst + ofSecond < 1e-30 ? share : ofSecond / (ofFirst + ofSecond);
    }

    /// <summary>Falls to nothing towards a picture's edges, the softer the farther the picture has come.</summary>
    private static double Inside((double X, double Y) point, double gone, PictureMeshes meshes)
    {
        var across = Math.Min(point.X, 1 - point.X) * meshes.FrameWidth;
        var down = Math.Min(point.Y, 1 - point.Y) * meshes.FrameHeight;
        var lead = CoordinateMesh.Spacing * Math.Min(1, 8 * gone);
        var inside = Math.Min(across, down);
        // Where neither picture reaches, the nearer one is mirrored; its weight must not be lost against the other's.
        return Easing.Smooth((inside - lead) / ((Feather * Math.Min(1, 3 * gone)) + 0.5)) + (1e-5 * Math.Exp(Math.Min(0, inside) / 6));
    }

    private readonly record struct Sight(double X, double Y, double Weight, double Trust);
}
