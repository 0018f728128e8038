namespace Kinema.TestSupport.OpenApi;

/// <summary>Lets no answer of a server pass, and no request that it accepted, which its own OpenAPI document does not describe.</summary>
internal sealed class ContractHandler(ApiContract contract, HttpMessageHandler server) : DelegatingHandler(server)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await contract.CheckAsync(request, response, cancellationToken);
        return response;
    }
}
