using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;

namespace Kinema.Wan.Pipelines;

/// <summary>Finds the models in a folder of single files by their tensors' names, whatever the files' names.</summary>
internal sealed class FileSearch
{
    private const int MaximumFolderDepth = 4;
    private const string ShardIndexSuffix = ".safetensors.index.json";

    // Pickles too, which deserve an error message.
    private static readonly string[] _extensions = [".safetensors", ShardIndexSuffix, ".gguf"];

    // ComfyUI's folders, old and new, and those of Wan's own repositories.
    private static readonly string[] _componentFolders =
        ["diffusion_models", "unet", "text_encoders", "clip", "vae", "clip_vision", "high_noise_model", "low_noise_model"];

    // Root folders of a Comfy-Org repository and of a ComfyUI installation.
    private static readonly string[] _rootFolders = ["", "split_files", "models"];

    private readonly List<(string Path, IReadOnlyList<ModelKind> Kinds)> _files = [];
    private readonly List<string> _remarks = [];

    private FileSearch(string? folder)
    {
        if (FolderLayout.Describe(folder) is { } layout)
            _remarks.Add(layout);
        foreach (var path in folder is null ? [] : PathsIn(folder))
        {
            try
            {
                _files.Add((path, TensorSet.KindsIn(path)));
            }
            catch (CheckpointException e)
            {
                _remarks.Add(e.Message);
            }
        }
    }

    /// <summary>What to know where a component was not found: what the folder was taken for, and the error messages of the files that cannot be read.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <exception cref="CheckpointException">The folder does not exist.</exception>
    public static FileSearch In(string? folder) => folder is null || Directory.Exists(folder)
        ? new(folder)
        : throw new CheckpointException($"{folder} is not a folder; a checkpoint is a folder in the Diffusers layout, or one of single .safetensors and .gguf files.");

    /// <summary>Returns the files that hold a model of this kind.</summary>
    public IEnumerable<string> Of(ModelKind kind) => _files.Where(file => file.Kinds.Contains(kind)).Select(file => file.Path);

    private static IEnumerable<string> PathsIn(string folder)
    {
        var deep = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MaximumFolderDepth };
        var all = _rootFolders.Select(root => Path.Combine(folder, root)).Where(Directory.Exists).SelectMany(root =>
            Directory.EnumerateFiles(root).Concat(
                _componentFolders.Select(component => Path.Combine(root, component)).Where(Directory.Exists).SelectMany(component => Directory.EnumerateFiles(component, "*", deep))));
        var paths = all.Where(path => _extensions.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)) || ShardIndex.IsPickle(path)).Distinct().Order(StringComparer.Ordinal).ToList();
        return paths.Except(paths.Where(path => path.EndsWith(ShardIndexSuffix, StringComparison.OrdinalIgnoreCase)).SelectMany(Shards), StringComparer.Ordinal);
    }

    private static IReadOnlyList<string> Shards(string index)
    {
        try
        {
            return ShardIndex.Resolve(index).Files;
        }
        catch (CheckpointException)
        {
            // The file is read again with the others, and that read reports the error.
            return [];
        }
    }
}
