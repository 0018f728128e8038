using System.Collections.Concurrent;

namespace Kinema.Worker.Attempts;

/// <summary>The attempts that this process works on.</summary>
internal sealed class LiveAttempts
{
    private readonly ConcurrentDictionary<LiveAttempt, bool> _attempts = new();

    public IReadOnlyCollection<LiveAttempt> All => [.. _attempts.Keys];

    public void Add(LiveAttempt attempt) => _attempts[attempt] = true;

    public void Remove(LiveAttempt attempt) => _attempts.TryRemove(attempt, out _);
}
