using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kinema.TestSupport;

namespace Kinema.Release.Tests.Deploy;

/// <summary>The files for <c>docker build</c> and systemd. No image is built here.</summary>
public sealed partial class ImageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("wan.Dockerfile")]
    public void The_image_has_no_SDK_and_does_not_run_as_root(string name)
    {
        var lines = File.ReadAllLines(Repository.File("deploy", "docker", name));
        lines.Last(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ShouldNotContain("sdk");
        lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER 64000:64000");
        lines.ShouldAllBe(line => !line.StartsWith("ADD "));
    }

    [Fact]
    public void Images_are_published_as_releases_are()
    {
        var release = File.ReadAllText(Repository.File("publish"));
        foreach (var switches in (string[])["-r linux-x64 --self-contained -p:PublishDocumentationFiles=false", "-p:KinemaLibTorch=external -p:KinemaPatchTorchSharp=always"])
        {
            release.ShouldContain(switches);
            File.ReadAllText(Repository.File("deploy", "docker", "wan.Dockerfile")).ShouldContain(switches);
        }

        File.ReadAllText(Repository.File("deploy", "docker", "Dockerfile")).ShouldContain("-r linux-x64 --self-contained -p:PublishDocumentationFiles=false");
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(503, 1)]
    public async Task The_health_check_tells_a_server_that_is_ready_from_one_that_is_not(int status, int exitCode)
    {
        var check = JsonSerializer.Deserialize<string[]>(HealthCheck.Match(await File.ReadAllTextAsync(Repository.File("deploy", "docker", "Dockerfile"), Ct)).Groups[1].Value)!;
        await using var server = await ScriptedServer.StartAsync();
        server.On("GET /v1/readiness", status, "{}");

        (await RunAsync([.. check.Select(word => word.Replace("/8080", $"/{server.Url.Port}", StringComparison.Ordinal))])).ExitCode.ShouldBe(exitCode);

        server.Seen.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("kinema.service")]
    [InlineData("kinema-wan.service")]
    public async Task Systemd_understands_the_unit(string name)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "systemd-analyze"))), "systemd-analyze is not on the path.");
        using var folder = new TemporaryFolder();
        var unit = await File.ReadAllTextAsync(Repository.File("deploy", "systemd", name), Ct);

        // The programs are not installed here.
        await File.WriteAllTextAsync(folder.File(name), Program.Replace(unit, "ExecStart=/bin/true"), Ct);
        var (exitCode, said) = await RunAsync(["systemd-analyze", "verify", "--man=no", folder.File(name)]);
        (exitCode, said).ShouldBe((0, ""));

        await File.WriteAllTextAsync(folder.File(name), Program.Replace(unit, "ExecStart=/bin/true").Replace("NoNewPrivileges", "NoNewPrivilege", StringComparison.Ordinal), Ct);
        (await RunAsync(["systemd-analyze", "verify", "--man=no", folder.File(name)])).Said.ShouldContain("NoNewPrivilege");
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"^HEALTHCHECK .*? CMD (\[.*\])$", RegexOptions.Multiline)]
    private static partial Regex HealthCheck { get; }

    [GeneratedRegex("^ExecStart=.*$", RegexOptions.Multiline)]
    private static partial Regex Program { get; }
}
