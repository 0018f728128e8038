using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;

namespace Kinema.Wan.Pipelines;

/// <summary>Selects the file of a component that must fit the transformer.</summary>
/// <param name="search">The search results for components without a path.</param>
/// <param name="kind">The kind of model.</param>
/// <param name="what">The component's name in messages.</param>
/// <param name="property">The property of <see cref="WanFiles"/> that names the component.</param>
/// <param name="named">The given path, or null.</param>
internal sealed class ComponentSelector(FileSearch search, ModelKind kind, string what, string property, string? named)
{
    /// <summary>A substring of the component's file names, for components of which another model has one in the same shape; null for others.</summary>
    public string? FileNameHint { get; init; }

    /// <param name="read">Reads the configuration.</param>
    /// <param name="check">Checks the tensors against the configuration.</param>
    /// <param name="size">Returns the dimension that must fit.</param>
    /// <param name="wanted">The transformer's value of that dimension.</param>
    /// <param name="unit">The dimension's name in messages.</param>
    /// <exception cref="CheckpointException">No file fits, or several do; the message lists them.</exception>
    public (string Path, T Config) Select<T>(Func<TensorSet, T> read, Action<TensorSet, T> check, Func<T, int> size, int wanted, string unit)
    {
        if (named is not null)
        {
            var config = Read(named, read, check);
            return size(config) == wanted
                ? (named, config)
                : throw new CheckpointException($"{named}: this {what} has {size(config)} {unit}; the transformer has {wanted}.");
        }

        var rejected = new List<string>(search.Remarks);
        var fitting = new List<(string Path, T Config)>();
        foreach (var path in search.Of(kind))
        {
            try
            {
                var config = Read(path, read, check);
                if (size(config) == wanted)
                    fitting.Add((path, config));
                else
                    rejected.Add($"{path} has {size(config)} {unit}.");
            }
            catch (CheckpointException e)
            {
                rejected.Add(e.Message);
            }
        }

        if (fitting.Count > 1 && FileNameHint is { } hint && fitting.Where(file => Path.GetFileName(file.Path).Contains(hint, StringComparison.OrdinalIgnoreCase)).ToList() is [var own])
            return own;

        return fitting switch
        {
            [var only] => only,
            [] => throw new CheckpointException(string.Join(
                '\n', [$"There is no {what} with {wanted} {unit}, as the transformer has; {nameof(WanFiles)}.{property} can name one.", .. rejected])),
            _ => throw new CheckpointException(
                $"There are several files that could be the {what}: {string.Join(", ", fitting.Select(file => file.Path))}. Name one with {nameof(WanFiles)}.{property}."),
        };
    }

    private T Read<T>(string path, Func<TensorSet, T> read, Action<TensorSet, T> check)
    {
        using var set = TensorSet.Open(path, kind);
        var config = read(set);
        check(set, config);
        return config;
    }
}
