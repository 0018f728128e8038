using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>Stores an engine's previews at a limited rate. One that cannot be kept is left out; the first of them is a line in the run's log.</summary>
internal sealed class PreviewThrottle(AttemptJournal journal, TimeProvider timeProvider)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private long? _lastWritten;
    private bool _hasRefused;

    public async Task KeepAsync(EngineEvent.Preview made, CancellationToken ct)
    {
        var preview = new RunPreview(made.ContentType, made.Bytes);
        if (preview.Refuse() is { } reason)
        {
            if (!_hasRefused)
                await journal.LogAsync("warning", $"A preview was left out: {reason}.", ct);
            _hasRefused = true;
            return;
        }

        if (_lastWritten is { } last && timeProvider.GetElapsedTime(last) < _interval)
            return;

        _lastWritten = timeProvider.GetTimestamp();
        await journal.AppendAsync(new() { Preview = preview }, ct);
    }
}
