using System.Globalization;
using System.Runtime.CompilerServices;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Streams a run's events as Server-Sent Events. They come from the store, so that a late or resuming client gets the same events.</summary>
internal static class StreamRunEvents
{
    private const string LastEventId = "Last-Event-ID";
    private const int PageSize = 200;

    public static async Task<IResult> HandleAsync(RouteId id, Caller caller, HttpRequest request, IRunLedger runs, EventStreams streams, RunEventFeed feed, CancellationToken ct)
    {
        if (!TryReadStart(request, out var after, out var refusal))
            return refusal!;

        var first = await runs.ReadEventsAsync(caller.OrgId, id, after, PageSize, ct);
        if (first is null)
            return ApiErrors.RunNotFound(id);

        // A browser's EventSource reconnects forever after a stream ends; 204 stops it.
        if (first.Count == 0 && after > 0 && await runs.FindAsync(caller.OrgId, id, ct) is { } run && run.Status.IsTerminal())
            return TypedResults.NoContent();

        return streams.TryOpen(caller.OrgId) is { } slot
            ? new EventStreamResult(end => ReadAsync(feed, caller.OrgId, id, after, end), slot)
            : EventStreams.Full();
    }

    private static async IAsyncEnumerable<byte[]> ReadAsync(RunEventFeed feed, Guid orgId, Guid runId, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var item in feed.ReadAsync(orgId, runId, after, ct))
            yield return item is null ? EventText.Heartbeat : EventText.Of(item);
    }

    private static bool TryReadStart(HttpRequest request, out long after, out ApiError? refusal)
    {
        // A reconnecting client sends the header by itself, so it overrides the query parameter.
        string? text = request.Headers.TryGetValue(LastEventId, out var header) && header[0] is { Length: > 0 } resumed ? resumed : request.Query["after"];
        after = 0;
        refusal = null;
        if (string.IsNullOrEmpty(text) || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return true;

        refusal = ApiErrors.InvalidQuery("after", $"after (or Last-Event-ID) must be the id of an event, a whole number from 0; got \"{text}\"");
        return false;
    }
}
