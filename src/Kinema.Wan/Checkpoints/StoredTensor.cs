namespace Kinema.Wan.Checkpoints;

/// <summary>A tensor where it lies in its file, under the name the model knows it by.</summary>
/// <param name="Name">Its Diffusers name.</param>
/// <param name="File">The file that holds it.</param>
/// <param name="Entry">Its place, type and shape there; its name there may be another.</param>
/// <param name="Scale">What an 8-bit tensor is multiplied with, one number or one for each row; null where its numbers count as they are.</param>
internal sealed record StoredTensor(string Name, SafetensorsFile File, TensorEntry Entry, StoredTensor? Scale = null)
{
    /// <summary>The same bytes without the axes of length 1 in front.</summary>
    public StoredTensor WithoutLeadingOnes() => this with { Entry = Entry with { Shape = [.. Entry.Shape.SkipWhile(size => size == 1)] } };

    /// <summary>Equal parts along the first axis, which lie one after the other; where each row has a scale, with theirs.</summary>
    public IEnumerable<StoredTensor> SplitRows(int parts)
    {
        if (Entry.Shape is not [var rows, ..] || rows % parts != 0 || (Scale is { Entry.Count: > 1 } && Scale.Entry.Count != rows))
            throw new CheckpointException($"{File.Path}: tensor \"{Entry.Name}\" of shape [{string.Join(", ", Entry.Shape)}] cannot be split into {parts}.");

        var length = Entry.Length / parts;
        IReadOnlyList<StoredTensor?> scales = Scale is { Entry.Count: > 1 } ? [.. Scale.SplitRows(parts)] : [.. Enumerable.Repeat(Scale, parts)];
        return scales.Select((scale, i) => this with
        {
            Entry = Entry with { Shape = [rows / parts, .. Entry.Shape[1..]], Offset = Entry.Offset + (i * length), Length = length },
            Scale = scale,
        });
    }
}
