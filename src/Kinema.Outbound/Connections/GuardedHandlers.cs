using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Connections;

/// <summary>The one place where a handler for outgoing HTTP is made.</summary>
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

    /// <summary>A client for one exchange with one caller-given URL: its connection is made for it, ends with it and is shared with nothing.</summary>
    /// <param name="purpose">Whose opened ranges count.</param>
    /// <param name="life">Ends the exchange early, a connection in the making included; disposing it does the same.</param>
    public GuardedExchange Open(OutboundPurpose purpose, CancellationToken lifetime)
    {
        var dial = new DialResult();
        var ended = CancellationTokenSource.CreateLinkedTokenSource(lifetime);
        var whileOpen = ended.Token;
        var sockets = Make(async (context, ct) =>
        {
            // The handler goes on connecting after its request was given up; the end of the exchange stops that too.
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
        MaxResponseHeadersLength = options.Value.MaxResponseHeadersKiB,
        // Leftover bytes of an answer are a stranger's to choose: the connection is closed instead of being read empty.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        // Trace ids are ours, not the receiver's.
        ActivityHeadersPropagator = null,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = certificates.CreatePolicy() },
    };
}
