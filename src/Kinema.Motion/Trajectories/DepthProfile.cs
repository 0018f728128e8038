using Kinema.Motion.Scenes;

namespace Kinema.Motion.Trajectories;

/// <summary>The distances that matter for how far a camera may go, all inverse.</summary>
/// <param name="Near">Only a twentieth of the picture is nearer.</param>
/// <param name="Far">Only a twentieth is farther.</param>
/// <param name="Subject">Of what a viewer looks at, or of the middle distance where nothing stands out.</param>
/// <param name="FocusX">What a push goes to and a zoom keeps, as the tangent of its angle from the axis: to the right.</param>
/// <param name="FocusY">The same downwards.</param>
internal sealed record DepthProfile(double Near, double Far, double Subject, double SubjectX, double SubjectY, double FocusX, double FocusY, double Confidence, double Aspect)
{
    private const int Samples = 32;
    private const byte OpaqueAlpha = 128;

    /// <summary>Where nothing stands out, pushes go a little above the middle, where faces and horizons are.</summary>
    private const double DefaultFocusHeight = 0.46;

    /// <summary>A push leaves a subject beside the middle roughly where it is, without tilting the whole picture towards it.</summary>
    private const double FocusPull = 0.6;

    /// <summary>How plain what is behind the figure is, 0 to 1.</summary>
    public double Plainness { get; init; }

    public double Focal { get; } = CameraFocal(Aspect);

    public double Spread => Near - Far;

    public static DepthProfile Of(Scene scene)
    {
        var values = new List<double>(Samples * Samples);
        for (var y = 0; y < Samples; y++)
        {
            for (var x = 0; x < Samples; x++)
                values.Add(Topmost(scene, (x + 0.5) / Samples, (y + 0.5) / Samples));
        }

        values.Sort();
        var (far, near) = (values[values.Count / 20], values[values.Count * 19 / 20]);
        var subject = scene.Reading.Subject;
        var aspect = (double)scene.Width / scene.Height;
        var focal = CameraFocal(aspect);
        var (x0, y0) = subject.Found ? (subject.X, subject.Y) : (0.5, DefaultFocusHeight);
        var (tangentX, tangentY) = ((x0 - 0.5) * aspect / focal, (y0 - 0.5) / focal);
        return new(
            near, far, subject.Found ? subject.InverseDepth : Math.Max(values[values.Count * 2 / 3], (near + far) / 2),
            tangentX, tangentY, tangentX * FocusPull, subject.Found ? tangentY * FocusPull : tangentY, Math.Clamp(scene.Reading.Confidence, 0, 1), aspect)
        {
            Plainness = scene.Reading.Plainness,
        };
    }

    private static double CameraFocal(double aspect) => Cameras.CameraView.FocalLength(aspect);

    private static double Topmost(Scene scene, double x, double y)
    {
        for (var i = scene.Layers.Count - 1; i > 0; i--)
        {
            var layer = scene.Layers[i];
            if (layer.Matte is { } matte && matte.At<byte>((int)(y * matte.Height), (int)(x * matte.Width)) >= OpaqueAlpha)
                return layer.Depth.At(x, y);
        }

        return scene.Layers[0].Depth.At(x, y);
    }
}
