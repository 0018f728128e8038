using Kinema.Core.Runs;

namespace Kinema.Worker.Attempts;

/// <summary>Stores progress events at a limited rate; always stores a stage's first and last one.</summary>
internal sealed class ProgressThrottle(AttemptJournal journal, int perSecond, TimeProvider timeProvider)
{
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1.0 / perSecond);
    private readonly HashSet<string> _stages = new(StringComparer.Ordinal);
    private long _lastWritten;

    public Task ReportAsync(string stage, int done, int total, CancellationToken ct)
    {
        if (!_stages.Add(stage) && done < total && timeProvider.GetElapsedTime(_lastWritten) < _interval)
            return Task.CompletedTask;

        _lastWritten = timeProvider.GetTimestamp();
        return journal.AppendAsync(new() { Events = [RunEvents.Progress(stage, done, total)] }, ct);
    }
}
