using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Kinema.Server.Tests;

internal sealed record ReadEvent(long Id, string Type, JsonObject Data);

/// <summary>Reads an event stream to its end, or as far as is asked.</summary>
internal static class EventReader
{
    /// <param name="client">Sends the request.</param>
    /// <param name="runId">The run.</param>
    /// <param name="ct">Ends the request.</param>
    /// <param name="lastEventId">Goes on after this one.</param>
    /// <param name="take">Stops after so many events.</param>
    /// <param name="upTo">Stops after an event of this type.</param>
    public static async Task<List<ReadEvent>> ReadAllAsync(
        HttpClient client, string runId, CancellationToken ct, string? lastEventId = null, int? take = null, string? upTo = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/runs/{runId}/events");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var events = new List<ReadEvent>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(ct)).EnumerateAsync(ct))
        {
            events.Add(new ReadEvent(long.Parse(item.EventId!, null), item.EventType, JsonNode.Parse(item.Data)!.AsObject()));
            if (events.Count == take || item.EventType == upTo)
                break;
        }

        return events;
    }
}
