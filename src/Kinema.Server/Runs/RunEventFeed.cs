using System.Runtime.CompilerServices;
using System.Text.Json;
using Kinema.Core.Runs;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Runs;

/// <summary>Streams the stored events of runs until they end.</summary>
internal sealed class RunEventFeed(IRunLedger runs, IWorkSignal workSignal, IOptions<ServerOptions> options, TimeProvider timeProvider)
{
    private const int PageSize = 200;

    /// <summary>
    /// Yields the events after a sequence number as they are stored, and null for each heartbeat interval without one. Ends after the terminal status.
    /// </summary>
    public async IAsyncEnumerable<RunEvent?> ReadAsync(Guid orgId, Guid runId, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var item in ReadAsync(orgId, [new RunPosition(runId, after)], ct))
            yield return item?.Event;
    }

    /// <summary>The same for several runs, each in its order. Ends when all have ended.</summary>
    public async IAsyncEnumerable<FeedItem?> ReadAsync(Guid orgId, IReadOnlyList<RunPosition> positions, [EnumeratorCancellation] CancellationToken ct)
    {
        var heartbeat = TimeSpan.FromSeconds(options.Value.EventHeartbeatSeconds);
        var poll = TimeSpan.FromMilliseconds(options.Value.EventPollMilliseconds);
        var lastYield = timeProvider.GetTimestamp();
        var open = positions.ToDictionary(position => position.RunId, position => position.After);
        while (open.Count > 0)
        {
            // Read the version before querying, so that events stored after the query end the wait.
            var seen = workSignal.Version(SignalTopic.History);
            var found = false;
            foreach (var (runId, after) in open.ToList())
            {
                if (await runs.ReadEventsAsync(orgId, runId, after, PageSize, ct) is not { } events)
                {
                    open.Remove(runId);
                    continue;
                }

                foreach (var item in events)
                {
                    yield return new FeedItem(runId, item);
                    open[runId] = item.Sequence;
                    found = true;
                    lastYield = timeProvider.GetTimestamp();
                    if (IsTerminal(item))
                        open.Remove(runId);
                }
            }

            if (found)
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

/// <summary>An event and the run it belongs to.</summary>
internal sealed record FeedItem(Guid RunId, RunEvent Event);
