using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>Stores an engine's previews at a limited rate.</summary>
internal sealed class PreviewThrottle(AttemptJournal journal, TimeProvider timeProvider)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private long? _lastWritten;

    /// <exception cref="EngineContractException">It is none that can be kept.</exception>
    public async Task KeepAsync(EngineEvent.Preview made, CancellationToken ct)
    {
        var preview = new RunPreview(made.ContentType, made.Bytes);
        if (preview.Refuse() is { } reason)
            throw EngineContract.Violation($"{reason}");

        if (_lastWritten is { } last && timeProvider.GetElapsedTime(last) < _interval)
            return;

        _lastWritten = timeProvider.GetTimestamp();
        await journal.AppendAsync(new() { Preview = preview }, ct);
    }
}
