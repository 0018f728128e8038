using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Outbound;

namespace Kinema.Fleets.Dialects;

/// <summary>HTTP to the servers of one fleet, through the guard.</summary>
internal sealed class FleetHttp(IOutboundHandlers handlers, FleetOptions fleet, TimeProvider timeProvider)
{
    private const int MaxAnswer = 4 << 20;
    private const int MaxWords = 300;

    private static readonly TimeSpan _answerTimeout = TimeSpan.FromSeconds(30);

    private readonly Lazy<HttpClient> _answers = new(() => handlers.CreateClientForOperator(MaxAnswer));
    private readonly Lazy<HttpClient> _files = new(handlers.CreateStreamingClientForOperator);

    /// <summary>Sends once.</summary>
    /// <returns>Status and body; null for a body that is no JSON object.</returns>
    /// <exception cref="FleetAwayException">No answer, or the server is full or down for now.</exception>
    /// <exception cref="EngineException">The server does not accept the key.</exception>
    public async Task<(HttpStatusCode Status, JsonObject? Body)> SendAsync(HttpMethod method, Uri address, HttpContent? content, CancellationToken ct)
    {
        using var request = Request(method, address);
        request.Content = content;
        using var limit = new CancellationTokenSource(_answerTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            using var response = await _answers.Value.SendAsync(request, either.Token);
            var body = Parse(await response.Content.ReadAsStringAsync(either.Token));
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw new EngineException("A server of the fleet does not accept the operator's key.") { Code = FailureCodes.ProviderAuth },
                HttpStatusCode.TooManyRequests => throw new FleetAwayException("A server of the fleet takes no more for now.") { IsFull = true },
                _ => (response.StatusCode, body),
            };
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new FleetAwayException($"A server of the fleet gave no answer within {_answerTimeout.TotalSeconds:0} s.", e) { MayHaveArrived = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new FleetAwayException("A server of the fleet cannot be reached.", e)
            {
                MayHaveArrived = e is not HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError },
            };
        }
    }

    /// <summary>Opens a file; nothing of it is buffered.</summary>
    public async Task<Stream> OpenAsync(Uri address, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Get, address);
        var response = await _files.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            response.Dispose();
            throw new HttpRequestException($"The server answered {(int)response.StatusCode}.");
        }

        return new WholeAnswer(await response.Content.ReadAsStreamAsync(ct), response);
    }

    /// <summary>What a server says is wrong: FastAPI's <c>detail</c>, or OpenAI's <c>error</c>. No address of the operator's network is in it.</summary>
    public static string WordsOf(JsonObject? body)
    {
        var words = body?["detail"] switch
        {
            JsonArray problems => string.Join("; ", problems.Select(problem => problem?["msg"]?.ToString())),
            { } detail => detail.ToString(),
            null => (body?["error"] as JsonObject)?["message"]?.ToString() ?? body?["error"]?.ToString() ?? body?["message"]?.ToString() ?? "",
        };
        words = Addresses.Hide(words);
        return words.Length > MaxWords ? words[..MaxWords] + "…" : words;
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        if (fleet.ApiKey is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
