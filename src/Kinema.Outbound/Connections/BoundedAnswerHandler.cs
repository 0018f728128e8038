namespace Kinema.Outbound.Connections;

/// <summary>Reads whole answers, up to a limit: libraries that read them have none of their own.</summary>
internal sealed class BoundedAnswerHandler(HttpMessageHandler inner, int maxBytes) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(maxBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
