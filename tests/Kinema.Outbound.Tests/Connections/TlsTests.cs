using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Kinema.Outbound.Connections;
using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Connections;

public sealed class TlsTests
{
    [Fact]
    public async Task A_host_with_a_certificate_of_its_name_from_a_trusted_root_is_fetched_over_TLS()
    {
        using var authority = new TestAuthority();
        await using var server = new TlsListener(authority.Issue("media.test"));
        await using var guard = GuardTrusting(authority);

        var (result, bytes) = await guard.FetchAsync($"https://media.test:{server.Port}/a.png");

        result.Outcome.ShouldBe(FetchOutcome.Fetched);
        bytes.ShouldBe("over tls"u8.ToArray());
        server.AskedName.ShouldBe("media.test");
    }

    [Fact]
    public async Task A_certificate_of_another_name_is_refused()
    {
        using var authority = new TestAuthority();
        await using var server = new TlsListener(authority.Issue("other.test"));
        await using var guard = GuardTrusting(authority);

        (await guard.FetchAsync($"https://media.test:{server.Port}/a.png")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        (await guard.SendAsync($"https://media.test:{server.Port}/")).HttpStatusCode.ShouldBeNull();
    }

    [Fact]
    public async Task A_certificate_from_an_unknown_root_is_refused()
    {
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority();
        await using var server = new TlsListener(stranger.Issue("media.test"));
        await using var guard = GuardTrusting(authority);

        (await guard.FetchAsync($"https://media.test:{server.Port}/a.png")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
    }

    [Fact]
    public async Task An_issuer_certificate_named_by_a_certificate_is_not_downloaded()
    {
        await using var issuerHost = LoopbackListener.Answering(LoopbackListener.Status(404));
        using var authority = new TestAuthority();
        using var between = authority.IssueAuthority();
        var leaf = between.Issue("media.test", issuerUrl: $"http://127.0.0.1:{issuerHost.Port}/issuer.cer");
        await using var server = new TlsListener(leaf);
        await using var guard = GuardTrusting(authority);

        (await guard.FetchAsync($"https://media.test:{server.Port}/a.png")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        (await guard.SendAsync($"https://media.test:{server.Port}/")).HttpStatusCode.ShouldBeNull();
        issuerHost.Accepted.ShouldBe(0);

        // With the platform's default validation the same certificate does cause that connection.
        using var chain = new X509Chain { ChainPolicy = new OutboundCertificatePolicy { Roots = [authority.Certificate] }.CreatePolicy() };
        chain.ChainPolicy.DisableCertificateDownloads = false;
        chain.Build(leaf).ShouldBeFalse();
        issuerHost.Accepted.ShouldBeGreaterThan(0);
    }

    private static Guard GuardTrusting(TestAuthority authority) =>
        new(Guard.Opening("127.0.0.1/32"), (_, _) => ["127.0.0.1"], roots: [authority.Certificate]);

    private sealed class TlsListener : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly X509Certificate2 _certificate;
        private readonly SslStreamCertificateContext _context;
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _loop;

        public TlsListener(X509Certificate2 certificate)
        {
            _certificate = certificate;
            // Offline, or the server itself would go and download its issuer.
            _context = SslStreamCertificateContext.Create(certificate, null, offline: true);
            _listener.Start();
            _loop = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public string? AskedName { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _loop;
            _listener.Dispose();
            _certificate.Dispose();
            _stop.Dispose();
        }

        private async Task ServeAsync()
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    await using var tls = new SslStream(client.GetStream());
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _context }, _stop.Token);
                    AskedName = tls.TargetHostName;
                    await tls.ReadAtLeastAsync(new byte[16], 16, cancellationToken: _stop.Token);
                    await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nover tls"u8.ToArray(), _stop.Token);
                    await tls.ShutdownAsync();
                }
                catch (Exception error) when (error is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
                {
                    // A client that refuses the certificate hangs up in the middle of the handshake.
                }
            }
        }
    }
}
