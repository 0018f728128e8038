using OpenCvSharp;

namespace Kinema.Motion.Sheets;

/// <summary>The frames of one video that are shown, all of one size.</summary>
internal sealed record Strip(string Title) : IDisposable
{
    public List<Mat> Frames { get; } = [];

    public void Dispose() => Frames.ForEach(frame => frame.Dispose());
}
