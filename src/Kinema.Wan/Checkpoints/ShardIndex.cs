using System.Text.Json;

namespace Kinema.Wan.Checkpoints;

/// <summary>Resolves the safetensors files of a model.</summary>
internal static class ShardIndex
{
    private const string IndexSuffix = ".safetensors.index.json";
    private const long MaximumIndexLength = 64 << 20;
    private static readonly string[] _usualNames = ["diffusion_pytorch_model", "model"];

    /// <summary>Returns the files of a model: the file itself, the shards of an index, or those in a folder.</summary>
    /// <param name="path">A safetensors file, an index file, or a folder in the Diffusers layout.</param>
    /// <returns>The files and, if there is an index, the file of each tensor.</returns>
    public static (IReadOnlyList<string> Files, IReadOnlyDictionary<string, string>? Places) Resolve(string path)
    {
        if (File.Exists(path))
            return path.EndsWith(IndexSuffix, StringComparison.OrdinalIgnoreCase) ? ReadIndex(path) : ([RefusePickle(path)], null);
        if (!Directory.Exists(path))
            throw new CheckpointException($"{path} does not exist.");

        var names = Directory.EnumerateFiles(path).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal).ToList();
        if (Pick(names.Where(n => n.EndsWith(IndexSuffix, StringComparison.Ordinal)), IndexSuffix, path) is { } index)
            return ReadIndex(Path.Combine(path, index));
        if (Pick(names.Where(n => n.EndsWith(".safetensors", StringComparison.Ordinal)), ".safetensors", path) is { } single)
            return ([Path.Combine(path, single)], null);

        if (names.FirstOrDefault(IsPickle) is { } pickle)
            RefusePickle(Path.Combine(path, pickle));
        throw new CheckpointException($"{path} holds no .safetensors file.");
    }

    private static string? Pick(IEnumerable<string> candidates, string suffix, string folder)
    {
        var found = candidates.ToList();
        if (found.Count <= 1)
            return found.FirstOrDefault();
        return _usualNames.Select(n => n + suffix).FirstOrDefault(found.Contains)
            ?? throw new CheckpointException($"{folder} holds several models ({string.Join(", ", found)}); name the file.");
    }

    public static bool IsPickle(string name) => Path.GetExtension(name).ToUpperInvariant() is ".BIN" or ".PT" or ".PTH" or ".CKPT" or ".PKL";

    private static string RefusePickle(string path) => IsPickle(path)
        ? throw new CheckpointException($"{path} is a Python pickle, which can run code and is never opened; use the .safetensors file of the same model.")
        : path;

    private static (IReadOnlyList<string>, IReadOnlyDictionary<string, string>) ReadIndex(string path)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = ModelConfig.ReadDocument(path, MaximumIndexLength);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("weight_map", out var map)
            || map.ValueKind != JsonValueKind.Object)
            throw new CheckpointException($"{path} has no object \"weight_map\".");

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (var (name, file) in map.EnumerateObject().Select(p => (p.Name, p.Value)))
        {
            // A name with a separator could leave the folder.
            if (file.ValueKind != JsonValueKind.String || file.GetString() is not { Length: > 0 } text || text != Path.GetFileName(text)
                || !text.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
                throw new CheckpointException($"{path}: weight_map places \"{name}\" in {file.GetRawText()}, which is not the name of a .safetensors file beside it.");
            places[name] = Path.Combine(folder, text);
        }

        return ([.. places.Values.Distinct().Order(StringComparer.Ordinal)], places);
    }
}
