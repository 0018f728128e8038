using System.Net;
using System.Net.Http.Headers;
using Kinema.Outbound;
using Microsoft.Extensions.Options;

namespace Kinema.Prompts.Endpoint;

/// <summary>Asks whether the operator's endpoint is there, for <c>kinema doctor</c>. Sends no prompt.</summary>
public sealed class EndpointProbe(IOptions<PromptExpansionOptions> options, IOutboundHandlers handlers)
{
    private const int MaxBytes = 4 << 20;

    /// <returns>Null if it answers, or a sentence on what is wrong.</returns>
    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        var settings = options.Value;
        if (settings.Endpoint is not { } endpoint)
            return null;

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/models"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ChatClients.KeyOf(settings) ?? "none");
        return await handlers.FindProblemAsync(
            "the endpoint",
            request,
            MaxBytes,
            status => status switch
            {
                HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => null,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"refuses the key ({(int)status})",
                _ => $"answers {(int)status}",
            },
            ct);
    }
}
