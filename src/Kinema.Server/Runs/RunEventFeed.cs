using System.Runtime.CompilerServices;
using System.Text.Json;
using Kinema.Core.Runs;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Runs;

/// <summary>Follows a run's stored history to its end.</summary>
internal sealed class RunEventFeed(IRunLedger runs, IWakeUp wakeUp, IOptions<ServerOptions> options, TimeProvider timeProvider)
{
    private const int PageSize = 200;

    /// <summary>The events after a sequence number, as they come; null for each stretch of silence as long as a heartbeat. Ends after the terminal status.</summary>
    public async IAsyncEnumerable<RunEvent?> ReadAsync(Guid orgId, Guid runId, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var heartbeat = TimeSpan.FromSeconds(options.Value.EventHeartbeatSeconds);
        var poll = TimeSpan.FromMilliseconds(options.Value.EventPollMilliseconds);
        var lastWord = timeProvider.GetTimestamp();
        while (true)
        {
            // Read before looking, so that nothing stored after the look is slept over.
            var seen = wakeUp.Version(WakeTopic.History);
            if (await runs.ReadEventsAsync(orgId, runId, after, PageSize, ct) is not { } events)
                yield break;

            foreach (var item in events)
            {
                yield return item;
                after = item.Sequence;
                lastWord = timeProvider.GetTimestamp();
                if (IsTerminal(item))
                    yield break;
            }

            if (events.Count > 0)
                continue;

            if (timeProvider.GetElapsedTime(lastWord) >= heartbeat)
            {
                yield return null;
                lastWord = timeProvider.GetTimestamp();
            }

            await wakeUp.WaitAsync(WakeTopic.History, seen, poll < heartbeat ? poll : heartbeat, ct);
        }
    }

    private static bool IsTerminal(RunEvent item)
    {
        if (item.Type != RunEvents.StatusType)
            return false;

        using var data = JsonDocument.Parse(item.DataJson);
        return data.RootElement.TryGetProperty("status_code", out var code) && RunStatusCodes.TryParse(code.GetString()!, out var status) && status.IsTerminal();
    }
}
