using Kinema.Wan.Checkpoints.Naming;

namespace Kinema.Wan.Checkpoints;

/// <summary>The tensors of one model in its files, under Diffusers names whatever the names in the files. No data is loaded.</summary>
internal sealed class TensorSet : IDisposable
{
    private TensorSet(string source, IReadOnlyList<WeightsFile> files, IReadOnlyDictionary<string, StoredTensor> tensors, ModelKind? kind)
    {
        Source = source;
        Files = files;
        Tensors = tensors;
        Kind = kind;
    }

    /// <summary>The file or folder that was opened.</summary>
    public string Source { get; }

    /// <summary>The kind of model, detected from the names; null for an unknown model.</summary>
    public ModelKind? Kind { get; }

    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    public IReadOnlyList<WeightsFile> Files { get; }

    /// <summary>Opens a safetensors file, an index of shards, or a folder of the Diffusers layout.</summary>
    /// <param name="path">The path.</param>
    /// <param name="kind">The kind of model; required only if a file holds several.</param>
    /// <exception cref="CheckpointException">Something is missing or damaged, or the file holds another kind of model.</exception>
    public static TensorSet Open(string path, ModelKind? kind = null)
    {
        var (paths, places) = ShardIndex.Resolve(path);
        var files = new List<WeightsFile>();
        try
        {
            var stored = new List<StoredTensor>();
            foreach (var file in paths)
            {
                files.Add(WeightsFile.Open(file));
                stored.AddRange(files[^1].Tensors.Values
                    .Where(e => !EmbeddedTokenizer.Is(e.Name) && (places is null || places.GetValueOrDefault(e.Name) == file))
                    .Select(e => new StoredTensor(e.Name, files[^1], e)));
            }

            if (places is not null && places.Keys.Except(stored.Select(t => t.Name), StringComparer.Ordinal).FirstOrDefault(name => !EmbeddedTokenizer.Is(name)) is { } missing)
                throw new CheckpointException($"{places[missing]} lacks tensor \"{missing}\", which the index in {path} places there.");
            var (tensors, found) = Name(ScaledTensors.Join(stored), kind, path);
            return new TensorSet(path, files, tensors, found);
        }
        catch
        {
            files.ForEach(f => f.Dispose());
            throw;
        }
    }

    /// <summary>Returns the kinds of model in a file, detected from its tensors' names.</summary>
    /// <exception cref="CheckpointException">The file is damaged.</exception>
    public static IReadOnlyList<ModelKind> KindsIn(string path)
    {
        var names = new List<string>();
        foreach (var part in ShardIndex.Resolve(path).Files)
        {
            using var file = WeightsFile.Open(part);
            names.AddRange(file.Tensors.Keys);
        }

        return [.. KeyNaming.All.Where(naming => naming.FindPrefix(names) is not null).Select(naming => naming.Kind).Distinct()];
    }

    public void Dispose()
    {
        foreach (var file in Files)
            file.Dispose();
    }

    private static (IReadOnlyDictionary<string, StoredTensor>, ModelKind?) Name(IReadOnlyList<StoredTensor> stored, ModelKind? kind, string path)
    {
        var found = KeyNaming.All
            .Select(naming => (Naming: naming, Prefix: naming.FindPrefix(stored.Select(t => t.Name))))
            .Where(f => f.Prefix is not null && (kind is null || f.Naming.Kind == kind))
            .ToList();
        if (found.Count == 0 && kind is not null)
            throw new CheckpointException($"{path} is not a {kind} of Wan: it has none of the expected tensor names.");
        if (found.Count > 1)
            throw new CheckpointException($"{path} holds several models ({string.Join(", ", found.Select(f => $"{f.Naming.Kind} under \"{f.Prefix}\""))}).");

        var named = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var tensor in found is [var (naming, prefix)] ? naming.Rename(Below(stored, prefix!)) : stored)
        {
            if (!named.TryAdd(tensor.Name, tensor))
                throw new CheckpointException($"{path}: two tensors are \"{tensor.Name}\", one of them \"{tensor.Entry.Name}\".");
        }

        return (named, found is [var only] ? only.Naming.Kind : null);
    }

    private static List<StoredTensor> Below(IReadOnlyList<StoredTensor> stored, string prefix) =>
        [.. stored.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(t => t with { Name = t.Name[prefix.Length..] })];
}
