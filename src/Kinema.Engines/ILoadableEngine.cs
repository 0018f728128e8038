namespace Kinema.Engines;

/// <summary>An engine that loads weights before its first video and may let go of them. Runs go first to workers that have them loaded.</summary>
public interface ILoadableEngine
{
    /// <summary>Whether the weights are in memory, so that a video can begin at once.</summary>
    bool IsLoaded { get; }
}
