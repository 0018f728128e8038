using Kinema.TestSupport;

namespace Kinema.Release.Tests;

/// <summary>The archive runs on a machine without .NET: in a root folder that has only it, ffmpeg and the libraries that these link.</summary>
[Trait("Set", "long")]
[Collection(nameof(ReleaseTests))]
public sealed class ArchiveTests(BuiltRelease release)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_serves_its_pages_and_makes_a_video_in_an_empty_root()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can change the root folder.");
        using var root = await EmptyRoot.CreateAsync(release.Archive, Ct);
        var data = root.File("data");
        var arguments = root.Command("/kinema/kinema", "serve", "--json", "--data", "/data", "--urls", "http://127.0.0.1:0");
        await using var server = await RunningServer.StartAsync(arguments[0], arguments[1..], Path.Combine(data, "first-key"), Ct);

        await server.ShouldServePagesAsync(Ct);
        var run = await server.MakeVideoAsync(Ct);

        run["status_code"]!.GetValue<string>().ShouldBe("succeeded", run.ToJsonString());
    }

    [Fact]
    public async Task It_tells_its_version_and_has_the_licenses()
    {
        using var folder = new TemporaryFolder();
        await Tool.RunAsync("tar", "-xzf", release.Archive, "-C", folder.FullPath, "--strip-components=1");

        (await Tool.RunAsync(folder.File("kinema"), "--version")).ShouldStartWith(release.Version);
        foreach (var name in new[] { "LICENSE", "THIRD-PARTY-NOTICES.md", "licenses/microsoft.netcore.app.runtime.linux-x64.txt", "licenses/microsoft.aspnetcore.app.runtime.linux-x64.txt" })
            new FileInfo(folder.File(name)).Length.ShouldBeGreaterThan(1000, name);
    }
}
