namespace Kinema.Wan.Checkpoints;

/// <summary>The SentencePiece model that ComfyUI's umT5 files carry among their tensors, as bytes: <c>spiece_model</c>.</summary>
/// <remarks>comfy/text_encoders/wan.py of ComfyUI reads and writes it under that name; umT5's has 4.5 MB.</remarks>
internal static class EmbeddedTokenizer
{
    private const string Name = "spiece_model";
    private const long MaximumLength = 64 << 20;

    /// <summary>Whether a tensor is one, whatever stands before its name.</summary>
    public static bool Is(string tensor) => tensor.Split('.')[^1] == Name;

    /// <summary>Its bytes; null where the file has none.</summary>
    /// <exception cref="CheckpointException">It is no list of bytes, or too long for a tokenizer.</exception>
    public static byte[]? Find(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (file.Tensors.Values.FirstOrDefault(entry => Is(entry.Name)) is not { } found)
            return null;
        if (found.Type != StoredType.U8 || found.Shape.Length != 1 || found.Length is 0 or > MaximumLength)
            throw new CheckpointException($"{path}: tensor \"{found.Name}\" must be a list of 1 to {MaximumLength} bytes; it is {found.Type} [{string.Join(", ", found.Shape)}].");

        return file.ReadBytes(found);
    }
}
