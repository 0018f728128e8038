using System.Globalization;

namespace Kinema.Wan.Checkpoints;

/// <summary>The shapes of a model's tensors, to infer its configuration if there is no config.json.</summary>
internal sealed class TensorShapes(TensorSet set)
{
    private const long LargestAxis = 1 << 24;

    public bool Has(string name) => set.Tensors.ContainsKey(name);

    /// <summary>Returns the shape of a tensor that must have this number of axes.</summary>
    /// <exception cref="CheckpointException">The tensor is missing, or its shape is not valid for any model.</exception>
    public IReadOnlyList<int> Of(string name, int axes)
    {
        if (!set.Tensors.TryGetValue(name, out var stored))
            throw new CheckpointException($"{set.Source} lacks tensor \"{name}\", which is needed to infer the model's configuration.");

        var shape = stored.Entry.Shape;
        return shape.Length == axes && shape.All(size => size is >= 1 and <= LargestAxis)
            ? [.. shape.Select(size => (int)size)]
            : throw Wrong(name, $"cannot be: {axes} axes of 1 to {LargestAxis} are expected");
    }

    /// <summary>Returns the number of members of a list, from its highest number: <c>blocks.</c> with <c>blocks.39.ffn…</c> has 40.</summary>
    public int Count(string list)
    {
        var numbers = set.Tensors.Keys.Where(name => name.StartsWith(list, StringComparison.Ordinal))
            .Select(name => name[list.Length..].Split('.')[0])
            .Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1)
            .ToHashSet();
        var count = numbers.DefaultIfEmpty(-1).Max() + 1;

        // Finds holes before an untrusted file's number determines any size.
        var hole = Enumerable.Range(0, numbers.Count + 1).First(at => !numbers.Contains(at));
        return hole == count && count > 0
            ? count
            : throw new CheckpointException($"{set.Source} lacks every tensor of \"{list}{hole}\"{(count > 0 ? $", but has \"{list}{count - 1}\"" : "")}.");
    }

    /// <summary>Returns an error about an existing tensor.</summary>
    public CheckpointException Wrong(string name, string what)
    {
        var stored = set.Tensors[name];
        return new($"{stored.File.Path}: tensor \"{stored.Entry.Name}\" of shape [{string.Join(", ", stored.Entry.Shape)}] {what}.");
    }
}
