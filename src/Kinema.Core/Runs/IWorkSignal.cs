namespace Kinema.Core.Runs;

/// <summary>
/// Signals the polling loops of this process after a change in the store. It is only a hint: the loops also poll,
/// because other processes write to the store without a signal.
/// </summary>
public interface IWorkSignal
{
    /// <summary>Number of notifications of the topic. Read it before querying the store, so that no later change is missed.</summary>
    long Version(SignalTopic topic);

    void Notify(SignalTopic topic);

    /// <summary>Returns when the topic's version has moved beyond <paramref name="seen"/>, or after <paramref name="timeout"/>.</summary>
    Task WaitAsync(SignalTopic topic, long seen, TimeSpan timeout, CancellationToken ct);
}

/// <summary>Kind of change.</summary>
public enum SignalTopic
{
    /// <summary>A run was queued: created, retried or released.</summary>
    Queue,

    /// <summary>A run got new events; event streams wait for this.</summary>
    History,

    /// <summary>A callback may be due: a run ended or a redelivery was requested.</summary>
    Callbacks,
}
