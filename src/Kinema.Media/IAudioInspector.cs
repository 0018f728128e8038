using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Inspects an audio file: first bytes and frames, then a trial decode with restricted ffmpeg.</summary>
public interface IAudioInspector
{
    /// <summary>Inspects only the header, without starting a program. An accepted file may still fail to decode.</summary>
    TimedMediaInspection InspectHeader(Stream audio, MediaLimits limits);

    Task<TimedMediaInspection> InspectAsync(string path, MediaLimits limits, CancellationToken ct);
}
