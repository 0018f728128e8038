using System.Net;
using System.Net.Security;
using System.Text;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Connections;

/// <summary>Creates all handlers for outgoing HTTP.</summary>
internal sealed class GuardedHandlers(GuardedDialer dialer, OutboundCertificatePolicy certificates, IOptions<OutboundOptions> options) : IOutboundHandlers
{
    private static readonly TimeSpan _operatorConnectionLife = TimeSpan.FromMinutes(2);

    public HttpMessageHandler CreateForOperator()
    {
        var sockets = Make(async (context, ct) =>
            (await dialer.DialAsync(OutboundPurpose.Operator, context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct)).Stream);
        sockets.PooledConnectionLifetime = _operatorConnectionLife;
        return new Http11OnlyHandler(sockets);
    }

    public HttpClient CreateClientForOperator(int maxAnswerBytes) =>
        new(new BoundedAnswerHandler(CreateForOperator(), maxAnswerBytes)) { Timeout = Timeout.InfiniteTimeSpan };

    public HttpClient CreateStreamingClientForOperator() => new(CreateForOperator()) { Timeout = Timeout.InfiniteTimeSpan };

    public HttpClient CreateBlockingClientForOperator(int maxAnswerBytes) =>
        new(new BlockingHandler(new BoundedAnswerHandler(CreateForOperator(), maxAnswerBytes))) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Opens one exchange with a caller's URL, over its own connection that is never shared or reused.</summary>
    /// <param name="purpose">Purpose whose allowed ranges apply.</param>
    /// <param name="lifetime">Cancels the exchange, even while connecting; disposing the exchange does the same.</param>
    public GuardedExchange Open(OutboundPurpose purpose, CancellationToken lifetime)
    {
        var dial = new DialResult();
        var ended = CancellationTokenSource.CreateLinkedTokenSource(lifetime);
        var whileOpen = ended.Token;
        var sockets = Make(async (context, ct) =>
        {
            // The handler continues connecting after its request is cancelled; the end of the exchange stops it.
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, whileOpen);
            try
            {
                var connection = await dialer.DialAsync(purpose, context.DnsEndPoint.Host, context.DnsEndPoint.Port, either.Token);
                dial.Connected(connection);
                return connection.Stream;
            }
            catch (OutboundRefusedException refused)
            {
                dial.Refused(refused.Message);
                throw;
            }
        });
        sockets.PooledConnectionLifetime = TimeSpan.Zero;
        return new GuardedExchange(new Http11OnlyHandler(sockets), dial, ended);
    }

    private SocketsHttpHandler Make(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect) => new()
    {
        ConnectCallback = connect,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        PreAuthenticate = false,
        Credentials = null,
        // One character for each byte, so that a redirect can be followed to the bytes that were sent.
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        MaxResponseHeadersLength = options.Value.MaxResponseHeadersKiB,
        // The peer controls unread response bytes, so the connection is closed and not drained.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        // Receivers do not get trace ids.
        ActivityHeadersPropagator = null,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = certificates.CreatePolicy() },
    };
}
