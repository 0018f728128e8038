using Kinema.Core.Catalog;

namespace Kinema.Core.Tests;

/// <summary>The manifests the tests read: the one that is served, and one with other names, limits and price.</summary>
internal static class TestCatalog
{
    public static ModelManifest Wan { get; } = Load("catalog/alibaba/wan/v2.7/image-to-video.json");

    /// <summary>A model of certain engines, with settings of theirs.</summary>
    public static ModelManifest OpenWan { get; } = Load("catalog/wan-video/wan2.2/i2v-a14b.json");

    public static ModelManifest FirstLast { get; } = Load("catalog/wan-video/wan2.1/flf2v-14b.json");

    public static ModelManifest Loop { get; } = Load("Catalog/Fixtures/second-model.json");

    public static ICatalog Both { get; } = new ManifestCatalog([Wan, Loop]);

    public static string Text(string path) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, path));

    private static ModelManifest Load(string path) => ManifestReader.Read(Text(path), path);
}
