namespace Kinema.Wan.Checkpoints;

/// <summary>The tensors of one model as its files hold them. Nothing is loaded yet.</summary>
internal sealed class TensorSet : IDisposable
{
    private readonly IReadOnlyList<SafetensorsFile> _files;

    private TensorSet(string source, IReadOnlyList<SafetensorsFile> files, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        Source = source;
        _files = files;
        Tensors = tensors;
    }

    /// <summary>The file or folder it was opened from.</summary>
    public string Source { get; }

    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    /// <summary>The headers of its files by path, for digests and records.</summary>
    public IReadOnlyList<SafetensorsFile> Files => _files;

    /// <summary>Opens a safetensors file, an index of shards, or a folder of the Diffusers layout.</summary>
    /// <exception cref="CheckpointException">Something is missing or damaged.</exception>
    public static TensorSet Open(string path)
    {
        var (paths, places) = ShardIndex.Resolve(path);
        var files = new List<SafetensorsFile>();
        try
        {
            var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
            foreach (var file in paths)
            {
                files.Add(SafetensorsFile.Open(file));
                foreach (var entry in files[^1].Tensors.Values.Where(e => places is null || places.GetValueOrDefault(e.Name) == file))
                    tensors.Add(entry.Name, new StoredTensor(entry.Name, files[^1], entry));
            }

            if (places?.Keys.FirstOrDefault(name => !tensors.ContainsKey(name)) is { } missing)
                throw new CheckpointException($"{places[missing]} lacks tensor \"{missing}\", which the index in {path} places there.");
            return new TensorSet(path, files, tensors);
        }
        catch
        {
            files.ForEach(f => f.Dispose());
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }
}
