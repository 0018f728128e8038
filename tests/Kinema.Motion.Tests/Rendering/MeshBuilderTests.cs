using Kinema.Engines;
using Kinema.Motion.Cameras;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Tests.Rendering;

public sealed class MeshBuilderTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0, 1)]
    [InlineData(0.05, -0.02, 0.1, 0, 0, 0, 1)]
    [InlineData(-0.04, 0, 0, 0.06, 0.03, 0.05, 1.2)]
    public void Each_vertex_has_the_coordinates_that_the_camera_view_locates(double x, double y, double z, double yaw, double pitch, double roll, double zoom)
    {
        var values = Enumerable.Range(0, 24 * 16).Select(i => (float)(0.5 + (0.3 * Math.Sin(i % 24 * 0.4) * Math.Cos(i / 24 * 0.3)))).ToArray();
        foreach (var surface in new[] { InverseDepth.Flat(0.4), new InverseDepth(24, 16, values) })
        {
            var view = new CameraView(new CameraPose(x, y, z, yaw, pitch, roll, zoom) { Shift = -x }, new CropWindow(0.04, 0.05, 0.9, 0.91), 16 / 9.0);
            var mesh = new CoordinateMesh(640, 360);

            new MeshBuilder(640, 360).Fill(mesh, view, surface);

            for (var i = 0; i < mesh.X.Length; i++)
            {
                var (expectedX, expectedY) = view.Locate(i % mesh.Columns * 16 / 640.0, i / mesh.Columns * 16 / 360.0, surface);
                // A twentieth of a pixel.
                Math.Abs(mesh.X[i] - expectedX).ShouldBeLessThan(0.05 / 640);
                Math.Abs(mesh.Y[i] - expectedY).ShouldBeLessThan(0.05 / 360);
            }
        }
    }

    [Theory]
    [InlineData(4000, 3000, 1, 2494, 1871)]
    [InlineData(640, 480, 1, 640, 480)]
    [InlineData(4000, 3000, 0.8, 3118, 2338)]
    public void The_working_size_is_one_and_a_half_times_the_visible_size_and_at_most_the_picture(int width, int height, double widest, int workingWidth, int workingHeight)
    {
        var (frameWidth, frameHeight) = VideoFormat.FitArea(width, height, VideoResolution.Hd1080);

        var (actualWidth, actualHeight) = WorkingSize.For(width, height, new VideoFormat(frameWidth, frameHeight, 30, 60), widest);

        actualWidth.ShouldBeInRange(workingWidth - 3, workingWidth + 3);
        actualHeight.ShouldBeInRange(workingHeight - 3, workingHeight + 3);
    }
}
