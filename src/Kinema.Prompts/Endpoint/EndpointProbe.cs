using System.Net;
using System.Net.Http.Headers;
using Kinema.Outbound;
using Microsoft.Extensions.Options;

namespace Kinema.Prompts.Endpoint;

/// <summary>Asks whether the operator's endpoint is there, for <c>kinema doctor</c>. Sends no prompt.</summary>
public sealed class EndpointProbe(IOptions<PromptExpansionOptions> options, IOutboundHandlers handlers)
{
    private const int MaxBytes = 4 << 20;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    /// <returns>Null if it answers, or a sentence on what is wrong.</returns>
    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        var settings = options.Value;
        if (settings.Endpoint is not { } endpoint)
            return null;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_limit);
        using var http = handlers.CreateClientForOperator(MaxBytes);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/models"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ChatClients.KeyOf(settings) ?? "none");
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => null,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"the endpoint refuses the key ({(int)response.StatusCode})",
                var status => $"the endpoint answers {(int)status}",
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"the endpoint gives no answer within {_limit.TotalSeconds:0} s";
        }
        catch (HttpRequestException e)
        {
            return OutboundRefusal.Find(e) is { } refusal ? $"the endpoint may not be connected to: {refusal}" : $"the endpoint cannot be reached: {e.HttpRequestError}";
        }
    }
}
