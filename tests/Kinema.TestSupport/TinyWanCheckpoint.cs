using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinema.TestSupport;

/// <summary>
/// A whole Wan checkpoint of a few megabytes: one of the reference's small ones, with a tokenizer, and its text embedding widened to the tokenizer's size. It
/// runs like a published one; what it makes is noise.
/// </summary>
public static class TinyWanCheckpoint
{
    private const string TokenizerFile = "umt5-like-bf-true.model";
    private static readonly string[] _embeddings = ["shared.weight", "encoder.embed_tokens.weight"];
    private static readonly string[] _letters = ["<pad>", "</s>", "<unk>", "\u2581", .. "abcdefghijklmnopqrstuvwxyz".Select(letter => letter.ToString())];

    /// <summary>Names of the checkpoints that are there, for example <c>tiny-wan2.2-i2v-a14b</c>. Only the committed one without the reference's folder.</summary>
    public static IReadOnlyList<string> Names => [.. Directory.EnumerateDirectories(Path.Combine(Root, "checkpoints"))
        .Where(folder => Directory.Exists(Path.Combine(folder, "vae"))).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    /// <summary><c>KINEMA_WAN_FIXTURES</c>, else <c>../shared/golden</c> beside the repository, else the committed set.</summary>
    private static string Root
    {
        get
        {
            var named = Environment.GetEnvironmentVariable("KINEMA_WAN_FIXTURES") ?? Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "golden"));
            return Directory.Exists(Path.Combine(named, "checkpoints")) ? named : Repository.File("tests", "Kinema.Wan.Tests", "Fixtures", "tiny");
        }
    }

    /// <summary>Writes the checkpoint to a folder.</summary>
    /// <param name="folder">The folder; it is made.</param>
    /// <param name="name">One of <see cref="Names"/>; null for the first.</param>
    public static void Write(string folder, string? name = null)
    {
        Copy(Path.Combine(Root, "checkpoints", name ?? Names[0]), folder);
        var tokenizer = Directory.CreateDirectory(Path.Combine(folder, "tokenizer")).FullName;
        var source = Path.Combine(Root, "tokenizer", TokenizerFile);
        if (!File.Exists(source))
        {
            var vocabulary = _letters.Select(piece => new object[] { piece, -1.0 });
            File.WriteAllText(Path.Combine(tokenizer, "tokenizer.json"), JsonSerializer.Serialize(new { model = new { type = "Unigram", unk_id = 2, vocab = vocabulary } }));
            return;
        }

        File.Copy(source, Path.Combine(tokenizer, "spiece.model"));
        Widen(Path.Combine(folder, "text_encoder"), PiecesOf(source));
    }

    private static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>A SentencePiece model begins with its pieces: field 1, each with its length.</summary>
    private static int PiecesOf(string model)
    {
        var (bytes, pieces, at) = (File.ReadAllBytes(model), 0, 0);
        while (at < bytes.Length && bytes[at] == 0x0A)
        {
            // Pieces are shorter than 128 bytes, so that the length is one byte.
            at += 2 + bytes[at + 1];
            pieces++;
        }

        return pieces;
    }

    private static void Widen(string textEncoder, int rows)
    {
        var path = Path.Combine(textEncoder, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config["vocab_size"] = rows;
        File.WriteAllText(path, config.ToJsonString());
        foreach (var file in Directory.EnumerateFiles(textEncoder, "*.safetensors"))
            WidenFile(file, rows);
    }

    /// <summary>Repeats the rows of the embedding, and moves what lies behind it.</summary>
    private static void WidenFile(string path, int rows)
    {
        var bytes = File.ReadAllBytes(path);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject();
        var data = new MemoryStream();
        foreach (var (name, tensor) in header.Where(entry => entry.Key != "__metadata__").ToList())
        {
            var (from, to) = (tensor!["data_offsets"]![0]!.GetValue<int>(), tensor["data_offsets"]![1]!.GetValue<int>());
            var start = data.Position;
            var own = bytes.AsSpan(8 + length + from, to - from);
            if (_embeddings.Contains(name))
            {
                var row = own.Length / tensor["shape"]![0]!.GetValue<int>();
                for (var i = 0; i < rows; i++)
                    data.Write(own.Slice(i * row % own.Length, row));
                tensor["shape"]![0] = rows;
            }
            else
            {
                data.Write(own);
            }

            tensor["data_offsets"] = new JsonArray(start, data.Position);
        }

        var json = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString());
        var padded = new byte[(json.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        using var file = File.Create(path);
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, padded.Length);
        file.Write(size);
        file.Write(padded);
        data.WriteTo(file);
    }
}
