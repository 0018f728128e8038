using Kinema.Motion.Cameras;
using Kinema.Motion.Scenes;

namespace Kinema.Motion.Rendering;

/// <summary>Finds for one frame where on a surface each vertex of the mesh looks: what <see cref="CameraView.Locate"/> finds, only faster.</summary>
internal sealed class MeshBuilder(int frameWidth, int frameHeight)
{
    private const int MostRefinements = 12;

    /// <summary>A hundredth of a pixel of the largest frame.</summary>
    private const double Settled = 5e-6;

    public void Fill(CoordinateMesh mesh, CameraView view, InverseDepth surface)
    {
        var flat = Array.TrueForAll(surface.Values, value => value == surface.Values[0]);
        for (var row = 0; row < mesh.Rows; row++)
        {
            var frameY = (double)row * CoordinateMesh.Spacing / frameHeight;
            double depth = surface.Values[0];
            for (var column = 0; column < mesh.Columns; column++)
            {
                // The point of the picture moves along a straight line, evenly, as the depth that is supposed changes.
                var frameX = (double)column * CoordinateMesh.Spacing / frameWidth;
                var (farX, farY) = view.Unproject(frameX, frameY, 0);
                var (nearX, nearY) = view.Unproject(frameX, frameY, 1);
                var (towardsX, towardsY) = (nearX - farX, nearY - farY);
                var (x, y) = (farX + (towardsX * depth), farY + (towardsY * depth));
                for (var i = 0; !flat && i < MostRefinements; i++)
                {
                    // The neighbour's depth was the first guess.
                    depth = surface.At(x, y);
                    var (nextX, nextY) = (farX + (towardsX * depth), farY + (towardsY * depth));
                    var change = Math.Abs(nextX - x) + Math.Abs(nextY - y);
                    (x, y) = (nextX, nextY);
                    if (change < Settled)
                        break;
                }

                var at = (row * mesh.Columns) + column;
                (mesh.X[at], mesh.Y[at]) = ((float)x, (float)y);
            }
        }
    }
}
