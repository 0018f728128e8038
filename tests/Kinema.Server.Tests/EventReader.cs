using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Kinema.Server.Tests;

internal sealed record ReadEvent(long Id, string Type, JsonObject Data);

/// <summary>Reads an event stream to its end.</summary>
internal static class EventReader
{
    public static async Task<List<ReadEvent>> ReadAllAsync(HttpClient client, string runId, CancellationToken ct, string? lastEventId = null, int? take = null)
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
            if (events.Count == take)
                break;
        }

        return events;
    }
}
