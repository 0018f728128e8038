using Kinema.Core.Safety;
using Kinema.Engines;
using Kinema.Safety.Classifiers;

namespace Kinema.Safety.Checks;

/// <summary>Keeps of each sampled frame what the classifier needs, so that a video is checked without being decoded again.</summary>
internal sealed class FrameWatch(PictureReader pictures, Func<IReadOnlyList<float[]>, CancellationToken, Task<SafetyVerdict>> judge) : IFrameWatch
{
    private readonly List<float[]> _seen = [];

    public void See(VideoFormat format, int index, ReadOnlySpan<byte> frame)
    {
        // One of every stretch of a second, wherever it begins.
        if (index % format.FramesPerSecond == 0 || index == format.FrameCount - 1)
            _seen.Add(pictures.Read(format.Width, format.Height, frame));
    }

    public Task<SafetyVerdict> JudgeAsync(CancellationToken ct) => judge(_seen, ct);
}
