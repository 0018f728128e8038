using System.Globalization;
using System.Runtime.CompilerServices;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>
/// Streams the events of several runs at once: a browser opens only six connections to a host over HTTP/1.1, however many runs its tabs show.
/// </summary>
internal static class StreamEvents
{
    private const string Parameter = "runs";
    private const int MaxRuns = 20;

    public static async Task<IResult> HandleAsync(
        HttpRequest request, Caller caller, IRunLedger runs, EventStreams streams, RunEventFeed feed, CancellationToken ct)
    {
        if (!TryRead(request.Query[Parameter], out var positions, out var refusal))
            return refusal!;

        var open = new List<RunPosition>();
        foreach (var position in positions)
        {
            if (await runs.FindAsync(caller.OrgId, position.RunId, ct) is not { } run)
                return ApiErrors.RunNotFound(position.RunId);
            if (!run.Status.IsTerminal() || await runs.ReadEventsAsync(caller.OrgId, run.Id, position.After, 1, ct) is { Count: > 0 })
                open.Add(position);
        }

        // A browser's EventSource reconnects forever after a stream ends; 204 stops it.
        if (open.Count == 0)
            return TypedResults.NoContent();

        return streams.TryOpen(caller.OrgId) is { } slot
            ? new EventStreamResult(end => ReadAsync(feed, caller.OrgId, open, end), slot)
            : EventStreams.Full();
    }

    private static async IAsyncEnumerable<byte[]> ReadAsync(
        RunEventFeed feed, Guid orgId, List<RunPosition> open, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var item in feed.ReadAsync(orgId, open, ct))
            yield return item is null ? EventText.Heartbeat : EventText.Of(item);
    }

    private static bool TryRead(string? text, out List<RunPosition> positions, out ApiError? refusal)
    {
        positions = [];
        refusal = null;
        if (string.IsNullOrEmpty(text))
            refusal = Refuse("got none");
        else if (text.AsSpan().Count(',') >= MaxRuns)
            refusal = Refuse($"got {text.AsSpan().Count(',') + 1}");
        else
            refusal = ReadEach(text, positions);
        return refusal is null;
    }

    private static ApiError? ReadEach(string text, List<RunPosition> positions)
    {
        foreach (var entry in text.Split(','))
        {
            if (Parse(entry) is not { } position)
                return Refuse($"got \"{ReceivedValue.Shorten(entry)}\"");
            if (positions.Any(other => other.RunId == position.RunId))
                return Refuse($"got {position.RunId} twice");
            positions.Add(position);
        }

        return null;
    }

    private static RunPosition? Parse(string entry)
    {
        var parts = entry.Split(':', 2);
        if (!Guid.TryParseExact(parts[0], "D", out var id))
            return null;

        return parts.Length == 1 ? new RunPosition(id, 0)
            : long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? new RunPosition(id, after)
            : null;
    }

    private static ApiError Refuse(string got) => ApiErrors.InvalidQuery(
        Parameter,
        $"runs must be 1 to {MaxRuns} different runs as {{id}}:{{after}}, separated by commas; after is the sequence of the last event read, a whole number from 0; {got}");
}
