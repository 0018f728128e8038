using Kinema.TestSupport;
using Kinema.Wan.Engine;

namespace Kinema.Wan.Worker.Tests;

/// <summary>A small whole checkpoint in a temporary folder, and a picture.</summary>
internal sealed class TinyCheckpoint : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyCheckpoint(string name) => TinyWanCheckpoint.Write(Folder, name);

    public static TheoryData<string> All => [.. TinyWanCheckpoint.Names];

    /// <summary>One family, where any will do.</summary>
    public static string Any { get; } = TinyWanCheckpoint.Names.FirstOrDefault(name => name.Contains("i2v-a14b", StringComparison.Ordinal)) ?? TinyWanCheckpoint.Names[0];

    public string Folder => _folder.File("checkpoint");

    public string WorkingDirectory => _folder.FullPath;

    public static string Picture => Samples.Photograph("cat");

    public WanEngineOptions EngineOptions => new()
    {
        Files = new() { Folder = Folder },
        Model = new() { Precision = WanPrecision.Float32, Threads = 1 },
        MaxArea = 96 * 64,
    };

    public void Dispose() => _folder.Dispose();
}
