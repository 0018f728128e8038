using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;

namespace Kinema.Wan.Pipelines;

/// <summary>Which file is a component that must fit the transformer.</summary>
/// <param name="search">Where it is looked for if nobody named it.</param>
/// <param name="kind">What it holds.</param>
/// <param name="what">What messages call it.</param>
/// <param name="property">What names it in <see cref="WanFiles"/>.</param>
/// <param name="named">The file that was named.</param>
internal sealed class ComponentSelector(FileSearch search, ModelKind kind, string what, string property, string? named)
{
    /// <summary>A word that the component's own files have in their names, for components that another model has in the same shape; null where no other has.</summary>
    public string? FileNameHint { get; init; }

    /// <param name="read">Reads its configuration.</param>
    /// <param name="check">Whether it holds what that asks for.</param>
    /// <param name="size">What must fit, of a configuration.</param>
    /// <param name="wanted">Its value in the transformer.</param>
    /// <param name="unit">What messages call that.</param>
    /// <exception cref="CheckpointException">None fits, or several do; the message lists them.</exception>
    public (string Path, T Config) Select<T>(Func<TensorSet, T> read, Action<TensorSet, T> check, Func<T, int> size, int wanted, string unit)
    {
        if (named is not null)
        {
            var config = Read(named, read, check);
            return size(config) == wanted
                ? (named, config)
                : throw new CheckpointException($"{named}: this {what} has {size(config)} {unit}; the transformer has {wanted}.");
        }

        var passedOver = new List<string>(search.Unreadable);
        var fitting = new List<(string Path, T Config)>();
        foreach (var path in search.Of(kind))
        {
            try
            {
                var config = Read(path, read, check);
                if (size(config) == wanted)
                    fitting.Add((path, config));
                else
                    passedOver.Add($"{path} has {size(config)} {unit}.");
            }
            catch (CheckpointException e)
            {
                passedOver.Add(e.Message);
            }
        }

        if (fitting.Count > 1 && FileNameHint is { } word && fitting.Where(file => Path.GetFileName(file.Path).Contains(word, StringComparison.OrdinalIgnoreCase)).ToList() is [var own])
            return own;

        return fitting switch
        {
            [var only] => only,
            [] => throw new CheckpointException(string.Join(
                '\n', [$"There is no {what} with {wanted} {unit}, as the transformer has; {nameof(WanFiles)}.{property} can name one.", .. passedOver])),
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
