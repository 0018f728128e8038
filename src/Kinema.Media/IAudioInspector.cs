using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Judges a sound: by its first bytes and its frames, then, locked down and within limits, by decoding it once.</summary>
public interface IAudioInspector
{
    /// <summary>Our own look alone; no program is started, and an accepted file may still turn out broken.</summary>
    TimedMediaInspection Look(Stream sound, MediaLimits limits);

    Task<TimedMediaInspection> InspectAsync(string path, MediaLimits limits, CancellationToken ct);
}
