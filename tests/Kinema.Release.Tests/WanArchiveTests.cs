using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Release.Tests;

/// <summary>The archive of <c>kinema-wan</c>, which brings no libtorch.</summary>
[Trait("Set", "long")]
[Collection(nameof(ReleaseTests))]
public sealed class WanArchiveTests(BuiltRelease release)
{
    private static readonly Dictionary<string, string> _withLibTorch = new() { ["KINEMA_LIBTORCH"] = Repository.File("tests", "Kinema.Wan.Tests", "bin", "Release", "net10.0", "libtorch") };

    [Fact]
    public async Task It_helps_without_libtorch_and_says_how_to_get_one()
    {
        using var folder = new TemporaryFolder();
        await UnpackAsync(release.WanArchive, folder.FullPath);
        var program = folder.File("kinema-wan");

        (await Tool.RunAsync(program, "--help")).ShouldContain("inspect");
        Directory.GetFiles(folder.FullPath, "libtorch*").ShouldBeEmpty();
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => Tool.RunAsync("/", new Dictionary<string, string> { ["KINEMA_LIBTORCH"] = "" }, program, "check", folder.FullPath));
        failure.Message.ShouldContain("KINEMA_LIBTORCH");
        foreach (var name in new[] { "LICENSE", "THIRD-PARTY-NOTICES.md", "licenses/microsoft.netcore.app.runtime.linux-x64.txt" })
            new FileInfo(folder.File(name)).Length.ShouldBeGreaterThan(1000, name);
    }

    [Fact]
    public async Task With_a_libtorch_it_inspects_and_checks_a_checkpoint()
    {
        using var folder = new TemporaryFolder();
        await UnpackAsync(release.WanArchive, folder.FullPath);
        var checkpoint = folder.File("checkpoint");
        TinyWanCheckpoint.Write(checkpoint);

        var inspected = await Tool.RunAsync("/", _withLibTorch, folder.File("kinema-wan"), "inspect", checkpoint, "--json");
        var check = await Tool.RunAsync("/", _withLibTorch, folder.File("kinema-wan"), "check", checkpoint, "--dtype", "float32", "--area", "6144", "--frames", "5", "--steps", "2", "--json");

        JsonNode.Parse(inspected)!["family"].ShouldNotBeNull(inspected);
        JsonNode.Parse(check)!["speed"].ShouldNotBeNull(check);
    }

    [Fact]
    public async Task The_server_finds_it_in_the_folder_wan_beside_itself()
    {
        using var folder = new TemporaryFolder();
        await UnpackAsync(release.Archive, folder.FullPath);
        await UnpackAsync(release.WanArchive, Directory.CreateDirectory(folder.File("wan")).FullName);
        var checkpoint = folder.File("checkpoint");
        TinyWanCheckpoint.Write(checkpoint);

        (await Tool.RunAsync("/", _withLibTorch, folder.File("kinema"), "wan", "inspect", checkpoint)).ShouldContain("Wan");
    }

    private static Task<string> UnpackAsync(string archive, string folder) => Tool.RunAsync("tar", "-xzf", archive, "-C", folder, "--strip-components=1");
}
