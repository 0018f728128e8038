using System.Net;
using System.Net.Http.Headers;
using Kinema.Core.Upstream;
using Kinema.Outbound;
using Microsoft.Extensions.Options;

namespace Kinema.Hosted.DashScope;

/// <summary>Asks once, for nothing, whether key, region and model go together: the upload policy is given per model, and costs nothing.</summary>
internal sealed class DashScopeProbe(DashScopeAccount account, IOutboundHandlers handlers, IOptions<HostedOptions> options) : IEngineProbe
{
    private const int MaxBytes = 1 << 20;

    public string Name => "dashscope";

    public string Description => $"{account.Model} at {options.Value.DashScope.BaseUrl.Host}";

    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, account.AddressOf($"/api/v1/uploads?action=getPolicy&model={account.Model}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.Key);
        return await handlers.FindProblemAsync(
            "the provider",
            request,
            MaxBytes,
            status => status switch
            {
                HttpStatusCode.OK => null,
                HttpStatusCode.Unauthorized => "does not know the key in this region (401); key, model and Hosted:DashScope:BaseUrl must belong together",
                HttpStatusCode.Forbidden => "does not let the key use the model (403)",
                HttpStatusCode.NotFound => "does not know the model in this region (404)",
                _ => $"answers {(int)status}",
            },
            ct);
    }
}
