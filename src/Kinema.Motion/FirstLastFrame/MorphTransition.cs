using Kinema.Motion.Trajectories;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>The camera's way between the pictures and, where something moves by itself, that thing's way too.</summary>
/// <param name="flow">Null where the camera's move explains all.</param>
/// <param name="easing">How far the move has come at a share of the time; from 0 at 0 to 1 at 1.</param>
/// <param name="isHeld">Whether what moves by itself is kept within the pictures; what is lifted off them with an outline of its own need not be.</param>
internal sealed class MorphTransition(CameraInterpolation camera, ResidualFlow? flow, Func<double, double> easing, bool isHeld = true) : ITransition
{
    /// <summary>Frame pixels over which a picture's edge is softened.</summary>
    private const double Feather = 48;

    /// <summary>Share of the time, in the middle, in which what is not understood changes over.</summary>
    private const double Doubtful = 0.4;

    private Sight[] _first = [];
    private Sight[] _second = [];

    public void Draw(double time, TransitionMeshes meshes, in Homography carried)
    {
        var done = Math.Clamp(easing(time), 0, 1);
        flow?.First.Move((float)done);
        flow?.Second.Move((float)(1 - done));
        Look(done, meshes, carried);
        var (columns, rows) = (meshes.First.Columns, meshes.First.Rows);
        for (int row = 0, vertex = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++, vertex++)
            {
                var (first, second) = (_first[vertex], _second[vertex]);
                var seenFirst = Seen(_first, column, row, meshes, done);
                var seenSecond = Seen(_second, column, row, meshes, 1 - done);
                var opacity = Opacity(done, seenFirst, seenSecond, Math.Max(first.Trust, second.Trust));
                meshes.Set(vertex, meshes.ToFractions(first.Place), meshes.ToFractions(second.Place), opacity);
            }
        }

        meshes.Extend();
    }

    private void Look(double done, TransitionMeshes meshes, in Homography carried)
    {
        var (columns, rows) = (meshes.First.Columns, meshes.First.Rows);
        if (_first.Length != columns * rows)
            (_first, _second) = (new Sight[columns * rows], new Sight[columns * rows]);

        var toMiddle = camera.ToMiddle(done) * carried;
        var (toFirst, toSecond) = (camera.MiddleToFirst, camera.MiddleToSecond);
        for (int row = 0, vertex = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++, vertex++)
            {
                var (frameX, frameY) = meshes.Place(column, row);
                var (x, y) = toMiddle.Apply(frameX, frameY);
                _first[vertex] = Look(flow?.First, x, y, done, toFirst, camera.Frame.First);
                _second[vertex] = Look(flow?.Second, x, y, 1 - done, toSecond, camera.Frame.Second);
            }
        }
    }

    private Sight Look(FlowSplatter? lattice, double x, double y, double share, in Homography toPicture, in PictureExtent extent)
    {
        var still = toPicture.Apply(x, y);
        var inside = extent.Inside(still);
        if (lattice is null)
            return new(still, inside, inside, 1, 1);

        var (canvasX, canvasY) = flow!.Grid.ToPixels(x, y);
        var moved = lattice.At(canvasX, canvasY);
        var place = toPicture.Apply(x - (moved.X * share / flow.Grid.Scale), y - (moved.Y * share / flow.Grid.Scale));
        return new(isHeld ? extent.Held(still, place) : place, extent.Inside(place), inside, Math.Min(1, moved.Presence / 0.6) * moved.Trust, moved.Trust);
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

    /// <summary>
    /// How much a picture has to say at a vertex: towards its edge ever less, and next to nothing where a cell around the vertex looks beyond it; where
    /// neither picture shows anything, what is filled in around the nearer one.
    /// </summary>
    private double Seen(Sight[] sights, int column, int row, TransitionMeshes meshes, double gone)
    {
        var (columns, rows) = (meshes.First.Columns, meshes.First.Rows);
        var (inside, still) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var y = Math.Max(0, row - 1); y <= Math.Min(rows - 1, row + 1); y++)
        {
            for (var x = Math.Max(0, column - 1); x <= Math.Min(columns - 1, column + 1); x++)
            {
                ref readonly var sight = ref sights[(y * columns) + x];
                (inside, still) = (Math.Min(inside, sight.Inside), Math.Min(still, sight.StillInside));
            }
        }

        (inside, still) = (inside * meshes.FrameHeight, still * meshes.FrameHeight);
        var filled = still + (camera.Fill * meshes.FrameHeight);
        var well = sights[(row * columns) + column].Weight * Easing.Smooth((inside + 0.2) / ((Feather * Math.Min(1, 3 * gone)) + 0.5));
        // The last term is for roundings, which may find a place at the very edge outside of both.
        return well + (1e-5 * Easing.Smooth(still / 4)) + (1e-8 * Easing.Smooth(filled / 4) * Math.Exp(Math.Min(0, still) / 8)) + (1e-14 * Math.Exp(Math.Min(0, filled) / 2));
    }

    /// <param name="Place">Where in the picture it lies, heights from the middle.</param>
    /// <param name="Inside">How far within the picture what is seen comes from.</param>
    /// <param name="StillInside">The same if nothing moved by itself.</param>
    private readonly record struct Sight((double X, double Y) Place, double Inside, double StillInside, double Weight, double Trust);
}
