namespace Kinema.Core.Upstream;

/// <summary>Asks the machine behind an engine whether it would serve, by one call that costs nothing: for <c>kinema doctor --engines</c>.</summary>
public interface IEngineProbe
{
    /// <summary>The engine.</summary>
    string Name { get; }

    /// <summary>What it is, where: for people.</summary>
    string Description { get; }

    /// <returns>Null if it would, or a sentence on what is wrong.</returns>
    Task<string?> FindProblemAsync(CancellationToken ct);
}
