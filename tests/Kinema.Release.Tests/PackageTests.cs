using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Kinema.TestSupport;

namespace Kinema.Release.Tests;

[Trait("Set", "long")]
[Collection(nameof(ReleaseTests))]
public sealed class PackageTests(BuiltRelease release)
{
    private static readonly Guid _sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Packages => ["Kinema.Client", "Kinema.Engines", "Kinema.Server", "Kinema.Wan"];

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task It_says_what_it_is(string id)
    {
        using var package = ZipFile.OpenRead(release.Package(id));
        var metadata = XDocument.Load(package.GetEntry($"{id}.nuspec")!.Open()).Root!.Elements().First();
        string? Value(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

        Value("version").ShouldBe(release.Version);
        Value("license").ShouldBe("Apache-2.0");
        Value("projectUrl").ShouldBe(BuiltRelease.ProjectUrl);
        Value("tags").ShouldNotBeNull().Split(' ').ShouldContain("image-to-video");
        Value("description").ShouldNotBeNull().Length.ShouldBeGreaterThan(40);
        var repository = metadata.Elements().Single(e => e.Name.LocalName == "repository");
        repository.Attribute("commit")!.Value.ShouldBe((await Tool.RunAsync("git", "-C", Repository.Root, "rev-parse", "HEAD")).Trim());
        package.GetEntry(Value("readme")!).ShouldNotBeNull().Length.ShouldBeGreaterThan(500);
        package.GetEntry("THIRD-PARTY-NOTICES.md").ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task A_debugger_finds_the_sources_of_every_assembly(string id)
    {
        var commit = (await Tool.RunAsync("git", "-C", Repository.Root, "rev-parse", "HEAD")).Trim();
        using var package = ZipFile.OpenRead(release.Package(id));
        using var symbols = ZipFile.OpenRead(Path.ChangeExtension(release.Package(id), ".snupkg"));
        var assemblies = package.Entries.Where(e => e.FullName.StartsWith("lib/", StringComparison.Ordinal) && e.Name.EndsWith(".dll", StringComparison.Ordinal)).ToList();
        assemblies.ShouldNotBeEmpty();
        foreach (var assembly in assemblies)
        {
            var pdb = symbols.GetEntry(Path.ChangeExtension(assembly.FullName, ".pdb")).ShouldNotBeNull(assembly.FullName);
            using var bytes = new MemoryStream();
            await using (var stream = pdb.Open())
                await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            bytes.Position = 0;
            JsonNode.Parse(SourceLinkOf(bytes))!["documents"]!.AsObject().Select(document => document.Value!.GetValue<string>())
                .ShouldContain($"https://raw.githubusercontent.com/kinema-example/kinema/{commit}/*");
        }
    }

    [Fact]
    public async Task The_files_have_the_published_digests()
    {
        await Tool.RunAsync(release.Folder, new Dictionary<string, string>(), "sha256sum", "--check", "--strict", "SHA256SUMS");
        var listed = File.ReadLines(Path.Combine(release.Folder, "SHA256SUMS")).Select(line => line[66..]);
        listed.Order().ShouldBe(Directory.GetFiles(release.Folder).Select(path => Path.GetFileName(path)!).Where(name => name != "SHA256SUMS").Order());
    }

    [Theory]
    [InlineData("kinema", "SkiaSharp")]
    [InlineData("kinema-wan", "TorchSharp")]
    [InlineData("Kinema.Wan", "TorchSharp")]
    public void The_bill_of_materials_names_what_is_in_it(string name, string component)
    {
        var bill = JsonNode.Parse(File.ReadAllText(Path.Combine(release.Folder, $"{name}.{release.Version}.cdx.json")))!;

        bill["bomFormat"]!.GetValue<string>().ShouldBe("CycloneDX");
        bill["metadata"]!["component"]!["version"]!.GetValue<string>().ShouldBe(release.Version);
        var components = bill["components"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).ToList();
        components.ShouldContain(component);
        components.ShouldNotContain("xunit.v3");
    }

    private static string SourceLinkOf(Stream pdb)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(pdb);
        var reader = provider.GetMetadataReader();
        var handle = reader.CustomDebugInformation.Single(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == _sourceLink);
        return Encoding.UTF8.GetString(reader.GetBlobBytes(reader.GetCustomDebugInformation(handle).Value));
    }
}
