using System.Security.Cryptography.X509Certificates;

namespace Kinema.Cli.Tests.Commands;

public sealed class CertificateTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_certificate_for_localhost_is_made_with_its_key_in_a_private_file()
    {
        var made = await _cli.RunAsync("certificate", "--host", "video.local");
        made.Code.ShouldBe(0, made.Error);
        made.Output.ShouldContain("Server:CertificatePath=localhost.pem");

        var path = Path.Combine(_cli.Directory, "localhost.pem");
        new FileInfo(path).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var certificate = X509Certificate2.CreateFromPemFile(path);
        certificate.HasPrivateKey.ShouldBeTrue();
        foreach (var host in new[] { "localhost", "127.0.0.1", "::1", "video.local" })
            certificate.MatchesHostname(host).ShouldBeTrue(host);
        certificate.NotAfter.ToUniversalTime().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(360));

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.Build(certificate).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_replaced()
    {
        var path = Path.Combine(_cli.Directory, "mine.pem");
        await File.WriteAllTextAsync(path, "mine", TestContext.Current.CancellationToken);
        var refused = await _cli.RunAsync("certificate", "-o", "mine.pem");
        refused.Code.ShouldBe(ExitCodes.Failed);
        refused.Error.ShouldContain("exists");
        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe("mine");
    }

    [Fact]
    public async Task A_host_that_is_no_name_is_refused()
    {
        var refused = await _cli.RunAsync("certificate", "--host", "a b");
        refused.Code.ShouldBe(ExitCodes.Usage);
        refused.Error.ShouldContain("'a b'");
    }
}
