using Kinema.Core.Storage;

namespace Kinema.Core.Artifacts;

/// <summary>What a sweep does with files that no record names (orphans) and with those whose record was given up.</summary>
/// <typeparam name="TName">Name of a file in the records.</typeparam>
public sealed record SweepRules<TName>
{
    /// <summary>Files that records name; they stay.</summary>
    public required IReadOnlySet<TName> Live { get; init; }

    /// <summary>A younger file may belong to a write that has not finished; it stays.</summary>
    public required TimeSpan MinimumAge { get; init; }

    /// <summary>Returns those of the names whose record was given up, and when. Files written before that are deleted; a later one was stored again, so it is an orphan.</summary>
    public required Func<IReadOnlyCollection<TName>, CancellationToken, Task<IReadOnlyDictionary<TName, DateTimeOffset>>> FindForgotten { get; init; }

    /// <summary>Whether orphans go to the trash; otherwise they are deleted.</summary>
    public bool UsesTrash { get; init; } = true;

    /// <summary>If set, only orphans written within this time are taken.</summary>
    public StoreLifetime? Within { get; init; }
}

/// <param name="Forgotten">Deleted files whose record was given up.</param>
/// <param name="Orphans">Files without a record that were taken away.</param>
/// <param name="Held">Files without a record that stay because of their time.</param>
public readonly record struct SweepReport(int Forgotten, int Orphans, int Held)
{
    public SweepReport Plus(SweepReport other) => new(Forgotten + other.Forgotten, Orphans + other.Orphans, Held + other.Held);
}
