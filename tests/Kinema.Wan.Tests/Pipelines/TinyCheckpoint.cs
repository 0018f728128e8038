using System.Text.Json;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>A checkpoint of the fixtures with a tokenizer of a few letters, which the fixtures lack.</summary>
internal sealed class TinyCheckpoint : IDisposable
{
    private static readonly string[] _special = ["<pad>", "</s>", "<unk>", "\u2581"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kinema-wan-");

    public TinyCheckpoint(string name)
    {
        var source = FixtureFolder.Checkpoint(name);
        foreach (var entry in Directory.EnumerateFileSystemEntries(source))
        {
            var link = Path.Combine(_folder.FullName, Path.GetFileName(entry));
            if (Directory.Exists(entry))
                Directory.CreateSymbolicLink(link, entry);
            else
                File.CreateSymbolicLink(link, entry);
        }

        Directory.CreateDirectory(Path.Combine(_folder.FullName, "tokenizer"));
        File.WriteAllText(Path.Combine(_folder.FullName, "tokenizer", "tokenizer.json"), Letters());
    }

    /// <summary>Checkpoints with everything a pipeline needs.</summary>
    public static TheoryData<string> All => FixtureFolder.CheckpointsWith("vae");

    public string Folder => _folder.FullName;

    /// <summary>A small request that the checkpoint's family can serve.</summary>
    public static WanRequest Request(WanFamily family) => new()
    {
        Image = Picture(3),
        LastImage = family == WanFamily.Wan21FirstLastFrame ? Picture(5) : null,
        Prompt = "a cat walks",
        NegativePrompt = "a dog",
        Width = 64,
        Height = 32,
        NumFrames = 5,
        NumInferenceSteps = 3,
        Seed = 7,
    };

    /// <summary>Loads it in float32, in which the reference computed.</summary>
    public Task<WanPipeline> LoadAsync() =>
        WanPipeline.LoadAsync(Folder, new() { Precision = WanPrecision.Float32, Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A gradient with stripes.</summary>
    private static RgbImage Picture(int stripe)
    {
        var pixels = new byte[80 * 40 * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)((i / 3 % 80 * 3) + (i / 240 % stripe * 20) + (i % 3 * 9));
        return new(80, 40, pixels);
    }

    private static string Letters()
    {
        var pieces = _special.Concat("abcdefghijklmnopqrstuvwxyz".Select(letter => letter.ToString()));
        return JsonSerializer.Serialize(new { model = new { type = "Unigram", unk_id = 2, vocab = pieces.Select(piece => new object[] { piece, -1.0 }) } });
    }
}
