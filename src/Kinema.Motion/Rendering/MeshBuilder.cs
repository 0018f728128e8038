using Kinema.Motion.Cameras;
using Kinema.Motion.Scenes;

namespace Kinema.Motion.Rendering;

/// <summary>Computes the source coordinates of each mesh vertex on a surface, for one frame. A faster <see cref="CameraView.Locate"/>.</summary>
internal sealed class MeshBuilder(int frameWidth, int frameHeight)
{
    private const int MaxIterations = 12;

    /// <summary>A hundredth of a pixel of the largest frame.</summary>
    private const double ConvergenceThreshold = 5e-6;

    public void Fill(CoordinateMesh mesh, CameraView view, InverseDepth surface)
    {
        var flat = Array.TrueForAll(surface.Values, value => value == surface.Values[0]);
        for (var row = 0; row < mesh.Rows; row++)
        {
            var frameY = (double)row * CoordinateMesh.Spacing / frameHeight;
            double depth = surface.Values[0];
            for (var column = 0; column < mesh.Columns; column++)
            {
                // The source point moves along a straight line, linearly in the assumed depth.
                var frameX = (double)column * CoordinateMesh.Spacing / frameWidth;
                var (farX, farY) = view.Unproject(frameX, frameY, 0);
                var (nearX, nearY) = view.Unproject(frameX, frameY, 1);
                var (towardsX, towardsY) = (nearX - farX, nearY - farY);
                var (x, y) = (farX + (towardsX * depth), farY + (towardsY * depth));
                for (var i = 0; !flat && i < MaxIterations; i++)
                {
                    // The first estimate is the neighbour's depth.
                    depth = surface.At(x, y);
                    var (nextX, nextY) = (farX + (towardsX * depth), farY + (towardsY * depth));
                    var change = Math.Abs(nextX - x) + Math.Abs(nextY - y);
                    (x, y) = (nextX, nextY);
                    if (change < ConvergenceThreshold)
                        break;
                }

                var at = (row * mesh.Columns) + column;
                (mesh.X[at], mesh.Y[at]) = ((float)x, (float)y);
            }
        }
    }
}
