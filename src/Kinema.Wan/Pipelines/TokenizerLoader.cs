using Kinema.Wan.Text.Tokens;

namespace Kinema.Wan.Pipelines;

/// <summary>Opens a checkpoint's tokenizer and checks that the text encoder has an embedding for each of its pieces.</summary>
internal static class TokenizerLoader
{
    /// <summary>What to do without a tokenizer, in messages.</summary>
    public const string Remedy =
        $"Download spiece.model or tokenizer.json of google/umt5-xxl and name it with {nameof(WanFiles)}.{nameof(WanFiles.Tokenizer)}";

    /// <exception cref="CheckpointException">The tokenizer is missing, damaged, or larger than the text encoder.</exception>
    public static Tokenizer Load(Checkpoint checkpoint)
    {
        var tokenizer = Tokenizer.Open(checkpoint.Tokenizer);
        return tokenizer.Vocabulary <= checkpoint.Text.Vocabulary
            ? tokenizer
            : throw new CheckpointException(
                $"{checkpoint.Tokenizer} has {tokenizer.Vocabulary} pieces, but the text encoder in {checkpoint.Paths[ComponentName.TextEncoder]} has embeddings for "
                + $"{checkpoint.Text.Vocabulary}: it is another model's tokenizer. {Remedy}.");
    }
}
