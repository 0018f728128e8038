namespace Kinema.Wan.Checkpoints;

/// <summary>The SentencePiece model that ComfyUI's umT5 files embed as a tensor of bytes, <c>spiece_model</c>.</summary>
/// <remarks>comfy/text_encoders/wan.py of ComfyUI reads and writes it under that name; umT5's has 4.5 MB.</remarks>
internal static class EmbeddedTokenizer
{
    private const string Name = "spiece_model";
    private const long MaximumBytes = 64 << 20;

    /// <summary>Whether a tensor is an embedded tokenizer, whatever its prefix.</summary>
    public static bool Is(string tensor) => tensor.Split('.')[^1] == Name;

    /// <summary>Whether a file's header lists an embedded tokenizer.</summary>
    /// <exception cref="CheckpointException">The tensor is not a list of bytes, or too long for a tokenizer.</exception>
    public static bool IsIn(string path)
    {
        using var file = WeightsFile.Open(path);
        return Find(file) is not null;
    }

    /// <summary>Reads its bytes.</summary>
    /// <exception cref="CheckpointException">The file has no such tensor, or it is not a list of bytes, or too long for a tokenizer.</exception>
    public static byte[] Read(string path)
    {
        using var file = WeightsFile.Open(path);
        return file.ReadBytes(Find(file) ?? throw new CheckpointException($"{path} carries no tokenizer."));
    }

    private static TensorEntry? Find(WeightsFile file)
    {
        if (file.Tensors.Values.FirstOrDefault(entry => Is(entry.Name)) is not { } found)
            return null;
        if (found.Type != StoredType.U8 || found.Shape.Length != 1 || found.Length is 0 or > MaximumBytes)
            throw new CheckpointException($"{file.Path}: tensor \"{found.Name}\" must be a list of 1 to {MaximumBytes} bytes; it is {found.Type} [{string.Join(", ", found.Shape)}].");

        return found;
    }
}
