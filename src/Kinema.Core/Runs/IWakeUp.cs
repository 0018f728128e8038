namespace Kinema.Core.Runs;

/// <summary>
/// Tells waiting loops of this process that the store has news, so that they look before their next poll. It is a hint: whoever waits also polls,
/// because another process writes to the store without a word.
/// </summary>
public interface IWakeUp
{
    /// <summary>How often the topic was notified. Read it before looking at the store; then nothing that happens after the look is missed.</summary>
    long Version(WakeTopic topic);

    void Notify(WakeTopic topic);

    /// <summary>Returns when the topic's version has moved beyond <paramref name="seen"/>, or after <paramref name="timeout"/>.</summary>
    Task WaitAsync(WakeTopic topic, long seen, TimeSpan timeout, CancellationToken ct);
}

/// <summary>What the news is about.</summary>
public enum WakeTopic
{
    /// <summary>A run waits for a worker: after a create, a retry, a lease taken back.</summary>
    Queue,

    /// <summary>A run's history grew: what streams of events wait for.</summary>
    History,

    /// <summary>A run ended or a redelivery was asked for: a callback may be due.</summary>
    Callbacks,
}
