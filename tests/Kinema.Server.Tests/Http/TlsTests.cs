using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kinema.Server.Configuration;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

/// <summary>The server with a certificate of its own: PEM and PFX, with HTTP/2, and what is said when the files do not fit.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Password = "a password";

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TlsTests()
    {
        var request = new CertificateRequest("CN=localhost", _key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        _certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("one PEM")]
    [InlineData("two PEMs")]
    [InlineData("an encrypted PEM key")]
    [InlineData("a PFX")]
    public async Task The_server_answers_over_https_with_HTTP_2_and_HTTP_1_1_and_its_links_are_https(string kind)
    {
        await using var server = await StartAsync(Settings(kind));
        foreach (var version in new[] { HttpVersion.Version20, HttpVersion.Version11 })
        {
            using var client = Client(server, version);
            var response = await client.PostAsync("/v1/asset-uploads", Json("""{"filename":"a.png","mime_type":"image/png","size_bytes":9}"""), Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.Created);
            response.Version.ShouldBe(version);
            (await response.ReadJsonAsync())["upload_url"].Text().ShouldStartWith("https://127.0.0.1:");
        }
    }

    [Fact]
    public async Task Many_requests_share_one_connection_and_none_is_taken_for_idle()
    {
        await using var server = await StartAsync([.. Settings("one PEM"), "Server:MaxConnections=16", "Server:BusyConnections=2"]);
        using var client = Client(server, HttpVersion.Version20);
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.GetAsync("/v1/runs", Ct)));
            answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
        }

        // New connections look through the idle ones.
        for (var i = 0; i < 6; i++)
        {
            using var other = Client(server, HttpVersion.Version11);
            await other.GetAsync("/v1/health", Ct);
        }
    }

    [Fact]
    public async Task Without_a_certificate_an_https_address_is_refused_with_the_way_out() =>
        (await Should.ThrowAsync<SettingsException>(() => StartAsync([]))).Message.ShouldContain("kinema certificate");

    [Theory]
    [InlineData("no such file", "Server:CertificatePath cannot be read")]
    [InlineData("nonsense", "Server:CertificatePath is no certificate")]
    [InlineData("a PFX without its password", "Server:CertificatePassword")]
    [InlineData("the key of another", "Server:CertificateKeyPath")]
    [InlineData("a certificate without a key", "Server:CertificatePath is no certificate with its private key")]
    public async Task Files_that_do_not_fit_are_named(string kind, string expected) =>
        (await Should.ThrowAsync<SettingsException>(() => StartAsync(Settings(kind)))).Message.ShouldContain(expected);

    [Fact]
    public async Task A_key_without_a_certificate_is_a_wrong_setting() =>
        (await Should.ThrowAsync<SettingsException>(() => TestServer.StartAsync(["Server:CertificateKeyPath=key.pem"]))).Message.ShouldContain("Server:CertificatePath must be set");

    private string[] Settings(string kind) => kind switch
    {
        "one PEM" => [$"Server:CertificatePath={Write("a.pem", _certificate.ExportCertificatePem() + "\n" + _key.ExportPkcs8PrivateKeyPem())}"],
        "two PEMs" => [$"Server:CertificatePath={Write("a.pem", _certificate.ExportCertificatePem())}", $"Server:CertificateKeyPath={Write("k.pem", _key.ExportPkcs8PrivateKeyPem())}"],
        "an encrypted PEM key" =>
        [
            $"Server:CertificatePath={Write("a.pem", _certificate.ExportCertificatePem())}",
            $"Server:CertificateKeyPath={Write("k.pem", _key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)))}",
            $"Server:CertificatePassword={Password}",
        ],
        "a PFX" => [$"Server:CertificatePath={Write("a.pfx", _certificate.Export(X509ContentType.Pfx, Password))}", $"Server:CertificatePassword={Password}"],
        "a PFX without its password" => [$"Server:CertificatePath={Write("a.pfx", _certificate.Export(X509ContentType.Pfx, Password))}"],
        "the key of another" => [$"Server:CertificatePath={Write("a.pem", _certificate.ExportCertificatePem())}", $"Server:CertificateKeyPath={Write("k.pem", OtherKey())}"],
        "a certificate without a key" => [$"Server:CertificatePath={Write("a.pem", _certificate.ExportCertificatePem())}"],
        "nonsense" => [$"Server:CertificatePath={Write("a.pem", "nonsense")}"],
        _ => [$"Server:CertificatePath={Path.Combine(_folder.FullPath, "none.pem")}"],
    };

    private static string OtherKey()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return other.ExportPkcs8PrivateKeyPem();
    }

    private string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullPath, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static Task<TestServer> StartAsync(string[] settings) => TestServer.StartAsync([.. settings, "Worker:Enabled=false"], url: "https://127.0.0.1:0");

    private HttpClient Client(TestServer server, Version version)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == _certificate.GetCertHashString();
        var client = server.CreateClient(handler, server.Caller.Token);
        client.DefaultRequestVersion = version;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return client;
    }
}
