using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Kinema.Client.Tests;

/// <summary>A network that lets every request through and loses the first answer to each of the chosen ones.</summary>
internal sealed class LosingHandler(Func<HttpRequestMessage, bool> loses, bool breaksOff = false) : DelegatingHandler
{
    private readonly ConcurrentDictionary<string, int> _sent = new();
    private readonly ConcurrentQueue<string> _keys = new();

    /// <summary>How often each method and path was sent.</summary>
    public IReadOnlyDictionary<string, int> Sent => _sent;

    /// <summary>The idempotency keys of the requests whose answer was to be lost, in order.</summary>
    public IReadOnlyList<string> Keys => [.. _keys];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var times = _sent.AddOrUpdate($"{request.Method} {request.RequestUri!.AbsolutePath}", 1, (_, count) => count + 1);
        var response = await base.SendAsync(request, cancellationToken);
        if (!loses(request))
            return response;

        _keys.Enqueue(request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : "");
        if (times > 1)
            return response;
        response.Dispose();
        return breaksOff
            ? new(HttpStatusCode.Created) { Content = new BrokenContent(), RequestMessage = request }
            : throw new HttpRequestException(HttpRequestError.ResponseEnded);
    }

    private sealed class BrokenContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes("{\"id\":"));
            throw new HttpIOException(HttpRequestError.ResponseEnded);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
