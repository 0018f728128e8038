using Kinema.Motion.Scenes;

namespace Kinema.Motion.Trajectories;

/// <summary>Inverse depths that limit how far a camera may move.</summary>
/// <param name="Near">95th percentile of the picture.</param>
/// <param name="Far">5th percentile of the picture.</param>
/// <param name="Subject">Inverse depth of the subject, or of the middle distance where there is none.</param>
/// <param name="FocusX">Fixed point of a push or zoom, as the tangent of its angle from the axis, to the right.</param>
/// <param name="FocusY">The same, downwards.</param>
internal sealed record DepthProfile(double Near, double Far, double Subject, double SubjectX, double SubjectY, double FocusX, double FocusY, double Confidence, double Aspect)
{
    private const int Samples = 32;
    private const byte OpaqueAlpha = 128;

    /// <summary>Without a subject, pushes aim a little above the middle, where faces and horizons are.</summary>
    private const double DefaultFocusHeight = 0.46;

    /// <summary>Fraction of the subject's offset that the focus takes: it stays roughly in place without tilting the whole picture towards it.</summary>
    private const double FocusPull = 0.6;

    /// <summary>Plainness of the background, 0 to 1.</summary>
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
        var subject = scene.Analysis.Subject;
        var aspect = (double)scene.Width / scene.Height;
        var focal = CameraFocal(aspect);
        var (x0, y0) = subject.Found ? (subject.X, subject.Y) : (0.5, DefaultFocusHeight);
        var (tangentX, tangentY) = ((x0 - 0.5) * aspect / focal, (y0 - 0.5) / focal);
        return new(
            near, far, subject.Found ? subject.InverseDepth : Math.Max(values[values.Count * 2 / 3], (near + far) / 2),
            tangentX, tangentY, tangentX * FocusPull, subject.Found ? tangentY * FocusPull : tangentY, Math.Clamp(scene.Analysis.Confidence, 0, 1), aspect)
        {
            Plainness = scene.Analysis.BackgroundUniformity,
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
