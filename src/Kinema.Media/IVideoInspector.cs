using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Inspects an input video: first bytes and boxes, then a trial decode with restricted ffmpeg.</summary>
public interface IVideoInspector
{
    /// <summary>Inspects only the header, without starting a program. An accepted file may still fail to decode.</summary>
    TimedMediaInspection InspectHeader(Stream video, MediaLimits limits);

    Task<TimedMediaInspection> InspectAsync(string path, MediaLimits limits, CancellationToken ct);
}
