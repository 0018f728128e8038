using Kinema.Core.Runs;
using Kinema.Core.Workers;
using Kinema.Worker.Assignments;
using Kinema.Worker.Protocol;

namespace Kinema.Worker.Remote;

/// <summary>Writes the updates of a remote worker's attempts, each in a transaction of its own. Only progress, log lines, previews and checkpoints come from outside.</summary>
internal sealed class AppendsForWorker(IWorkSource local)
{
    public async Task<AppendsReply> HandleAsync(RemoteWorker worker, SendAppends request, CancellationToken ct)
    {
        // In their order within a run; runs do not wait for each other.
        var byRun = request.Attempts.GroupBy(update => new AttemptKey(update.RunId, update.Fence)).Select(updates => WriteAsync(worker, [.. updates], ct));
        return new([.. (await Task.WhenAll(byRun)).SelectMany(states => states)]);
    }

    private async Task<IReadOnlyList<AppendState>> WriteAsync(RemoteWorker worker, IReadOnlyList<AttemptUpdate> updates, CancellationToken ct)
    {
        var states = new List<AppendState>();
        foreach (var update in updates)
        {
            var isCurrent = await local.AppendAsync(new(update.RunId, update.Fence, worker.Id), ToAppend(update), ct);
            states.Add(new(update.RunId, update.Fence, isCurrent));
        }

        return states;
    }

    private static AttemptAppend ToAppend(AttemptUpdate update) => new()
    {
        Sequence = update.Sequence,
        Status = update.IsRunning ? RunStatus.Running : null,
        Events = [.. (update.Events ?? []).Select(ToEvent)],
        Checkpoint = update.Checkpoint,
        Preview = update.Preview is { } preview ? new(preview.ContentType, preview.Content) : null,
    };

    private static NewRunEvent ToEvent(AttemptEvent happened) => happened.Type == RunEvents.ProgressType
        ? RunEvents.Progress(happened.Stage!, happened.Done, happened.Total)
        : RunEvents.Log(happened.Level!, happened.Message!);
}
