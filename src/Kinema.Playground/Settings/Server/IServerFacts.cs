namespace Kinema.Playground.Settings.Server;

/// <summary>What the server tells an organization about itself. The server knows its settings and its state; the pages only show them.</summary>
public interface IServerFacts
{
    /// <summary>The effective limits that concern an organization.</summary>
    IReadOnlyList<LimitGroup> Limits { get; }

    /// <summary>Bytes that an organization may store; null for no limit.</summary>
    long? BytesAllowed { get; }

    /// <summary>The checks of readiness, as <c>/v1/readiness</c> makes them.</summary>
    Task<IReadOnlyList<ReadinessFact>> CheckAsync(CancellationToken ct);
}

/// <param name="Name">What the limits are about.</param>
public sealed record LimitGroup(string Name, IReadOnlyList<LimitFact> Limits);

/// <param name="Name">What is limited.</param>
/// <param name="Value">The limit, in words.</param>
/// <param name="Setting">The setting by which the operator changes it; null for a limit of the contract.</param>
public sealed record LimitFact(string Name, string Value, string? Setting);

/// <param name="Name">The component.</param>
/// <param name="Works">Whether it works.</param>
/// <param name="Text">The problem, or what it says of itself.</param>
public sealed record ReadinessFact(string Name, bool Works, string Text);
