namespace Kinema.Wan.Checkpoints;

/// <summary>A tensor in its file, under its name in the model.</summary>
/// <param name="Name">Its Diffusers name.</param>
/// <param name="File">The file that holds it.</param>
/// <param name="Entry">Its position, type and shape in the file; its name there may differ.</param>
/// <param name="Scale">The scale of an 8-bit tensor, one number or one for each row; null for none.</param>
internal sealed record StoredTensor(string Name, WeightsFile File, TensorEntry Entry, StoredTensor? Scale = null)
{
    /// <summary>Returns the same bytes without leading axes of length 1.</summary>
    public StoredTensor WithoutLeadingOnes() => this with { Entry = Entry with { Shape = [.. Entry.Shape.SkipWhile(size => size == 1)] } };

    /// <summary>Splits the tensor, and its row scales, into equal parts along the first axis.</summary>
    public IEnumerable<StoredTensor> SplitRows(int parts)
    {
        if (Entry.Shape is not [var rows, ..] || rows % parts != 0 || (Entry.Type.IsBlock() && Entry.Shape.Length == 1) || (Scale is { Entry.Count: > 1 } && Scale.Entry.Count != rows))
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
