using OpenCvSharp;

namespace Kinema.Motion.Sheets;

/// <summary>The selected frames of one video, all of one size.</summary>
internal sealed record Filmstrip(string Title) : IDisposable
{
    public List<Mat> Frames { get; } = [];

    public void Dispose() => Frames.ForEach(frame => frame.Dispose());
}
