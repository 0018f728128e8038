using System.Diagnostics.CodeAnalysis;
using Kinema.Core.Runs;

namespace Kinema.Worker.Attempts;

/// <summary>A running attempt: one cancellation token for all stop reasons, and the first reason.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source holds neither timer nor handle, and abandoned work may still look at it.")]
internal sealed class LiveAttempt(AttemptRef attempt, TimeProvider timeProvider)
{
    private readonly CancellationTokenSource _stopping = new();
    private AttemptStop? _stop;
    private long _deadline = long.MaxValue;

    public AttemptRef Ref => attempt;

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Null until the attempt must stop.</summary>
    public AttemptStop? StopReason => Volatile.Read(ref _stop);

    /// <summary>Whether the time that the server gave the run is over. It ends also where the server cannot be reached.</summary>
    public bool IsOverdue => timeProvider.GetTimestamp() >= Volatile.Read(ref _deadline);

    /// <summary>Sets the time that the run has left; null changes nothing.</summary>
    public void SetTimeLeft(TimeSpan? left)
    {
        if (left is { } time)
            Volatile.Write(ref _deadline, timeProvider.GetTimestamp() + (long)(time.TotalSeconds * timeProvider.TimestampFrequency));
    }

    /// <summary>Stops the attempt. Only the first reason counts.</summary>
    public void Stop(AttemptStop stop)
    {
        if (Interlocked.CompareExchange(ref _stop, stop, null) is null)
            _stopping.Cancel();
    }

    /// <summary>Limits the time of one phase: the attempt stops with <c>TIMED_OUT</c> unless the returned limit is disposed in time.</summary>
    public PhaseLimit Limit(AttemptPhase phase, int seconds)
    {
        var limit = TimeSpan.FromSeconds(seconds);
        var timer = timeProvider.CreateTimer(
            _ => Stop(AttemptStop.TimedOut(new(FailureCodes.TimedOut, $"{phase.Doing} took longer than {seconds} seconds.", phase.Stage))),
            null,
            limit,
            Timeout.InfiniteTimeSpan);
        return new PhaseLimit(timer, limit, timeProvider);
    }
}

/// <param name="Doing">Description for the caller.</param>
/// <param name="Stage">Failure stage of the phase.</param>
internal sealed record AttemptPhase(string Doing, string Stage)
{
    public static AttemptPhase Fetch { get; } = new("Fetching and checking the inputs", FailureStages.Preprocess);

    public static AttemptPhase Load { get; } = new("Loading the weights", FailureStages.Inference);

    public static AttemptPhase Generate { get; } = new("Generating the video", FailureStages.Inference);

    public static AttemptPhase Receive { get; } = new("Fetching the finished video", FailureStages.Postprocess);

    public static AttemptPhase Store { get; } = new("Finishing and storing the video", FailureStages.Upload);
}
