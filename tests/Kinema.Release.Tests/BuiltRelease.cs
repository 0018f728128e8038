using Kinema.TestSupport;

namespace Kinema.Release.Tests;

/// <summary>What <c>./publish</c> makes of the last commit, once for all tests, or the folder in <c>KINEMA_RELEASE</c>.</summary>
public sealed class BuiltRelease : IAsyncLifetime
{
    public const string ProjectUrl = "https://github.com/kinema-example/kinema";

    private readonly TemporaryFolder _folder = new();

    private readonly string? _existing = Environment.GetEnvironmentVariable("KINEMA_RELEASE");

    public string Folder => _existing ?? _folder.File("release");

    public string Version { get; private set; } = "";

    public string Archive => Path.Combine(Folder, $"kinema-{Version}-linux-x64.tar.gz");

    public string WanArchive => Path.Combine(Folder, $"kinema-wan-{Version}-linux-x64.tar.gz");

    public string Package(string id) => Path.Combine(Folder, $"{id}.{Version}.nupkg");

    public async ValueTask InitializeAsync()
    {
        if (_existing is null)
            await Tool.RunAsync(Repository.File("publish"), "-o", Folder, "--project-url", ProjectUrl);
        var archives = Directory.GetFiles(Folder, "kinema-*-linux-x64.tar.gz").Select(path => Path.GetFileName(path)!);
        var archive = archives.Single(name => char.IsAsciiDigit(name["kinema-".Length]));
        Version = archive["kinema-".Length..^"-linux-x64.tar.gz".Length];
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The tests of one built release.</summary>
[CollectionDefinition(nameof(ReleaseTests))]
public sealed class ReleaseTests : ICollectionFixture<BuiltRelease>;
