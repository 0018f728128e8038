using Kinema.Core.Runs;
using Kinema.Worker.Assignments;

namespace Kinema.Worker.Attempts;

/// <summary>Writes the events of an attempt. If the store rejects a write, the fence is no longer current: the attempt stops and the write throws.</summary>
internal sealed class AttemptJournal(LiveAttempt attempt, IWorkSource source)
{
    public Task MoveToAsync(RunStatus status, CancellationToken ct) => AppendAsync(new() { Status = status }, ct);

    public Task LogAsync(string level, string message, CancellationToken ct) =>
        AppendAsync(new() { Events = [RunEvents.Log(level, message)] }, ct);

    /// <exception cref="OperationCanceledException">The fence is no longer current.</exception>
    public async Task AppendAsync(AttemptAppend append, CancellationToken ct)
    {
        if (!await source.AppendAsync(attempt.Ref, append, ct))
        {
            attempt.Stop(AttemptStop.FenceLost);
            throw new OperationCanceledException(attempt.Stopping);
        }
    }
}
