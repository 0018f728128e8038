namespace Kinema.Outbound.Connections;

/// <summary>For libraries that send from threads of their own and wait there; the guard's connections are asynchronous.</summary>
internal sealed class BlockingHandler(HttpMessageHandler guarded) : DelegatingHandler(guarded)
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();
}
