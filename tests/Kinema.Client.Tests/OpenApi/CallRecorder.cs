using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Kinema.Client.Tests.OpenApi;

/// <summary>Notes the calls of a client and answers none of them but the first step of an upload.</summary>
internal sealed class CallRecorder : HttpMessageHandler
{
    public List<RecordedCall> Calls { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null || request.Method == HttpMethod.Put ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))?.AsObject();
        Calls.Add(new(
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            [.. request.RequestUri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0])],
            [.. request.Headers.Select(header => header.Key)],
            [.. body?.Select(member => member.Key) ?? []]));

        return request.RequestUri.AbsolutePath switch
        {
            "/v1/asset-uploads" => Answer(HttpStatusCode.Created, $$"""{"asset_id":"{{Guid.Empty}}","upload_url":"http://a/v1/files/uploads/{{Guid.Empty}}/{{Guid.Empty}}?signature=1"}"""),
            _ when request.Method == HttpMethod.Put => Answer(HttpStatusCode.OK, ""),
            _ => Answer(HttpStatusCode.NotFound, """{"code":"NOT_FOUND","message":"There is nothing here."}"""),
        };
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}

internal sealed record RecordedCall(string Method, string Path, IReadOnlyList<string> Query, IReadOnlyList<string> Headers, IReadOnlyList<string> Body);
