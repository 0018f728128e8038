using Kinema.Motion.Trajectories;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Morph between two pictures: interpolated camera motion plus object motion, blended by visibility.</summary>
/// <param name="flow">Object motion; null if the camera motion explains everything.</param>
/// <param name="easing">Progress at a share of the time; from 0 at 0 to 1 at 1.</param>
/// <param name="keepInside">Whether to keep moving objects within the pictures. Not needed for objects on a layer with its own matte.</param>
internal sealed class MorphTransition(CameraInterpolation camera, ResidualFlow? flow, Func<double, double> easing, bool keepInside = true) : ITransition
{
    /// <summary>Width of the soft edge of a picture, frame pixels.</summary>
    private const double FeatherPixels = 48;

    /// <summary>Share of the time, centred, in which untrusted areas dissolve.</summary>
    private const double UntrustedSwitchShare = 0.4;

    private VertexSample[] _first = [];
    private VertexSample[] _second = [];

    public void FillMeshes(double time, TransitionMeshes meshes, in Homography carried)
    {
        var done = Math.Clamp(easing(time), 0, 1);
        flow?.First.SplatAt((float)done);
        flow?.Second.SplatAt((float)(1 - done));
        Sample(done, meshes, carried);
        var (columns, rows) = (meshes.First.Columns, meshes.First.Rows);
        for (int row = 0, vertex = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++, vertex++)
            {
                var (first, second) = (_first[vertex], _second[vertex]);
                var visibleFirst = Visibility(_first, column, row, meshes, done);
                var visibleSecond = Visibility(_second, column, row, meshes, 1 - done);
                var opacity = Opacity(done, visibleFirst, visibleSecond, Math.Max(first.Trust, second.Trust));
                meshes.Set(vertex, meshes.ToFractions(first.Position), meshes.ToFractions(second.Position), opacity);
            }
        }

        meshes.ExtrapolateBorder();
    }

    private void Sample(double done, TransitionMeshes meshes, in Homography carried)
    {
        var (columns, rows) = (meshes.First.Columns, meshes.First.Rows);
        if (_first.Length != columns * rows)
            (_first, _second) = (new VertexSample[columns * rows], new VertexSample[columns * rows]);

        var toMiddle = camera.ToMiddle(done) * carried;
        var (toFirst, toSecond) = (camera.MiddleToFirst, camera.MiddleToSecond);
        for (int row = 0, vertex = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++, vertex++)
            {
                var (frameX, frameY) = meshes.VertexPosition(column, row);
                var (x, y) = toMiddle.Apply(frameX, frameY);
                _first[vertex] = Sample(flow?.First, x, y, done, toFirst, camera.Frame.First);
                _second[vertex] = Sample(flow?.Second, x, y, 1 - done, toSecond, camera.Frame.Second);
            }
        }
    }

    private VertexSample Sample(FlowSplatter? splatter, double x, double y, double share, in Homography toPicture, in PictureExtent extent)
    {
        var still = toPicture.Apply(x, y);
        var inside = extent.SignedDistance(still);
        if (splatter is null)
            return new(still, inside, inside, 1, 1);

        var (gridX, gridY) = flow!.Grid.ToPixels(x, y);
        var moved = splatter.At(gridX, gridY);
        var place = toPicture.Apply(x - (moved.X * share / flow.Grid.Scale), y - (moved.Y * share / flow.Grid.Scale));
        return new(
            keepInside ? extent.ClampTowardsEdge(still, place) : place, extent.SignedDistance(place), inside,
            Math.Min(1, moved.Presence / 0.6) * moved.Trust, moved.Trust);
    }

    private static double Opacity(double done, double visibleFirst, double visibleSecond, double trust)
    {
        if (done is <= 0 or >= 1)
            return done;

        var share = Easing.SmoothStep((done - 0.5 + (UntrustedSwitchShare / 2)) / UntrustedSwitchShare);
        share += (done - share) * Easing.SmoothStep(trust * 2);
        var (ofFirst, ofSecond) = ((1 - share) * visibleFirst, share * visibleSecond);
        return ofFirst + ofSecond < 1e-30 ? share : ofSecond / (ofFirst + ofSecond);
    }

    /// <summary>
    /// Blend weight of a picture at a vertex. It decreases towards the picture's edge and is almost zero where a cell around the vertex samples beyond it.
    /// Where neither picture covers the view, the padding of the nearer one wins.
    /// </summary>
    private double Visibility(VertexSample[] samples, int column, int row, TransitionMeshes meshes, double progress)
    {
        var (columns, rows) = (meshes.First.Columns, meshes.First.Rows);
        var (inside, still) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var y = Math.Max(0, row - 1); y <= Math.Min(rows - 1, row + 1); y++)
        {
            for (var x = Math.Max(0, column - 1); x <= Math.Min(columns - 1, column + 1); x++)
            {
                ref readonly var sample = ref samples[(y * columns) + x];
                (inside, still) = (Math.Min(inside, sample.SignedDistance), Math.Min(still, sample.StaticSignedDistance));
            }
        }

        (inside, still) = (inside * meshes.FrameHeight, still * meshes.FrameHeight);
        var filled = still + (camera.Fill * meshes.FrameHeight);
        var well = samples[(row * columns) + column].Weight * Easing.SmoothStep((inside + 0.2) / ((FeatherPixels * Math.Min(1, 3 * progress)) + 0.5));
        // The last term covers rounding errors, which may put a position at the very edge outside of both.
        return well + (1e-5 * Easing.SmoothStep(still / 4))
            + (1e-8 * Easing.SmoothStep(filled / 4) * Math.Exp(Math.Min(0, still) / 8)) + (1e-14 * Math.Exp(Math.Min(0, filled) / 2));
    }

    /// <param name="Position">Position in the picture, heights from the middle.</param>
    /// <param name="SignedDistance">Signed distance of the position to the picture's edge.</param>
    /// <param name="StaticSignedDistance">The same without object motion.</param>
    private readonly record struct VertexSample((double X, double Y) Position, double SignedDistance, double StaticSignedDistance, double Weight, double Trust);
}
