using System.Xml.Linq;
using Kinema.TestSupport;

namespace Kinema.Release.Tests;

/// <summary>A program outside the repository that uses a package of the release.</summary>
internal sealed class Consumer : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Consumer()
    {
    }

    /// <summary>The built program.</summary>
    public string Program => _folder.File("bin/consumer.dll");

    /// <exception cref="InvalidOperationException">It does not build; the message says why.</exception>
    public static async Task<Consumer> BuildAsync(BuiltRelease release, string package, params string[] sources)
    {
        var consumer = new Consumer();
        for (var i = 0; i < sources.Length; i++)
            await File.WriteAllTextAsync(consumer._folder.File($"File{i}.cs"), sources[i]);
        ProjectWith(package, release.Version).Save(consumer._folder.File("consumer.csproj"));
        ConfigurationWith(release.Folder).Save(consumer._folder.File("nuget.config"));
        // The release's packages are unpacked here: another build of the same version may be in the user's folder.
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = consumer._folder.File("packages") };
        await Tool.RunAsync(consumer._folder.FullPath, environment, "dotnet", "build", "-c", "Release", "-o", "bin", "-nologo", "-v", "quiet");
        return consumer;
    }

    public void Dispose() => _folder.Dispose();

    private static XDocument ProjectWith(string package, string version) => new(
        new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup",
                new XElement("OutputType", "Exe"),
                new XElement("TargetFramework", "net10.0"),
                new XElement("Nullable", "enable"),
                new XElement("ImplicitUsings", "enable"),
                new XElement("TreatWarningsAsErrors", "true"),
                // A feed that holds only some versions takes the next one.
                new XElement("WarningsNotAsErrors", "NU1603")),
            new XElement("ItemGroup", new XElement("PackageReference", new XAttribute("Include", package), new XAttribute("Version", version)))));

    private static XDocument ConfigurationWith(string feed) => new(
        new XElement("configuration",
            new XElement("packageSources", new XElement("add", new XAttribute("key", "release"), new XAttribute("value", feed))),
            new XElement("fallbackPackageFolders", new XElement("add", new XAttribute("key", "user"), new XAttribute("value", NugetFolder.Path)))));
}
