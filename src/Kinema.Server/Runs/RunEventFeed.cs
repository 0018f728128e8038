using System.Runtime.CompilerServices;
using System.Text.Json;
using Kinema.Core.Runs;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Runs;

/// <summary>Streams the stored events of a run until it ends.</summary>
internal sealed class RunEventFeed(IRunLedger runs, IWorkSignal workSignal, IOptions<ServerOptions> options, TimeProvider timeProvider)
{
    private const int PageSize = 200;

    /// <summary>
    /// Yields the events after a sequence number as they are stored, and null for each heartbeat interval without one. Ends after the terminal status.
    /// </summary>
    public async IAsyncEnumerable<RunEvent?> ReadAsync(Guid orgId, Guid runId, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var heartbeat = TimeSpan.FromSeconds(options.Value.EventHeartbeatSeconds);
        var poll = TimeSpan.FromMilliseconds(options.Value.EventPollMilliseconds);
        var lastYield = timeProvider.GetTimestamp();
        while (true)
        {
            // Read the version before querying, so that events stored after the query end the wait.
            var seen = workSignal.Version(SignalTopic.History);
            if (await runs.ReadEventsAsync(orgId, runId, after, PageSize, ct) is not { } events)
                yield break;

            foreach (var item in events)
            {
                yield return item;
                after = item.Sequence;
                lastYield = timeProvider.GetTimestamp();
                if (IsTerminal(item))
                    yield break;
            }

            if (events.Count > 0)
                continue;

            if (timeProvider.GetElapsedTime(lastYield) >= heartbeat)
            {
                yield return null;
                lastYield = timeProvider.GetTimestamp();
            }

            await workSignal.WaitAsync(SignalTopic.History, seen, poll < heartbeat ? poll : heartbeat, ct);
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
