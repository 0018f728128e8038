namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>A naming of one kind of model's tensors, and its conversion to Diffusers names.</summary>
/// <param name="kind">The kind of model.</param>
/// <param name="marker">A tensor that every such model has under these names and no other. The text before it in a file is the prefix of all names.</param>
internal abstract class KeyNaming(ModelKind kind, string marker)
{
    /// <summary>All known namings.</summary>
    public static IReadOnlyList<KeyNaming> All { get; } =
    [
        new DiffusersNaming(ModelKind.Transformer, "blocks.0.attn1.to_q.weight"),
        new DiffusersNaming(ModelKind.Vae, "encoder.conv_in.weight"),
        new DiffusersNaming(ModelKind.TextEncoder, "encoder.block.0.layer.0.SelfAttention.q.weight"),
        new DiffusersNaming(ModelKind.ImageEncoder, "vision_model.embeddings.class_embedding", half: "vision_model."),
        new TransformerNaming(),
        new VaeNaming(),
        new TextEncoderNaming(),
        new GgufTextEncoderNaming(),
        ImageEncoderNaming.Wan,
        ImageEncoderNaming.OpenClip,
    ];

    public ModelKind Kind => kind;

    /// <summary>Returns the text before the marker if a file uses these names, else null: <c>model.diffusion_model.</c></summary>
    public string? FindPrefix(IEnumerable<string> names) => names
        .Where(n => n.EndsWith(marker, StringComparison.Ordinal))
        .Select(n => n[..^marker.Length])
        .FirstOrDefault(prefix => prefix.Length == 0 || prefix.EndsWith('.'));

    /// <summary>Returns the tensors under their Diffusers names.</summary>
    /// <param name="tensors">Named without the prefix.</param>
    public abstract IEnumerable<StoredTensor> Rename(IReadOnlyList<StoredTensor> tensors);

    /// <summary>Replaces the first matching prefix; returns null if none matches.</summary>
    private protected static string? Replace(string name, IEnumerable<(string From, string To)> table)
    {
        foreach (var (from, to) in table)
        {
            if (name.StartsWith(from, StringComparison.Ordinal))
                return to + name[from.Length..];
        }

        return null;
    }

    /// <summary>Splits <c>blocks.12.rest</c> into 12 and the rest.</summary>
    private protected static bool TrySplit(string name, string list, out string number, out string rest)
    {
        (number, rest) = ("", "");
        if (!name.StartsWith(list, StringComparison.Ordinal) || name.IndexOf('.', list.Length) is not (> 0 and var dot))
            return false;
        (number, rest) = (name[list.Length..dot], name[(dot + 1)..]);
        return number.Length > 0 && number.All(char.IsAsciiDigit);
    }
}
