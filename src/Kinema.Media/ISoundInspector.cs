using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Judges a sound: by its first bytes and its frames, then, locked down and within limits, by decoding it once.</summary>
public interface ISoundInspector
{
    /// <summary>Our own look alone; no program is started, and an accepted file may still turn out broken.</summary>
    TimedMediaVerdict Look(Stream sound, MediaLimits limits);

    Task<TimedMediaVerdict> InspectAsync(string path, MediaLimits limits, CancellationToken ct);
}
