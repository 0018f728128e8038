using Kinema.Wan.Transformer;

namespace Kinema.Benchmarks.Wan;

/// <summary>A block of a published model, and its grid of tokens.</summary>
internal sealed record BlockShape(string Model, int Dim, int FeedForward, int Heads, int Frames, int Rows, int Columns)
{
    public const int TextTokens = 512;

    public long Tokens => (long)Frames * Rows * Columns;

    public WanTransformerConfig Config(int layers = 1) => new()
    {
        PatchSize = [1, 2, 2],
        Heads = Heads,
        HeadDim = Dim / Heads,
        InChannels = 36,
        OutChannels = 16,
        TextDim = 4096,
        FrequencyDim = 256,
        FeedForwardDim = FeedForward,
        Layers = layers,
        CrossAttentionNorm = true,
        Epsilon = 1e-6,
        MaximumPositions = 1024,
    };

    /// <summary>Operations of self- and cross-attention without their linear layers: every query with every key, and every weight with every value.</summary>
    public double AttentionOperations => 4.0 * Tokens * (Tokens + TextTokens) * Dim;

    /// <summary>Operations of all matrix products: six layers of the hidden width over the tokens, two over the text, and the feed-forward.</summary>
    public double Operations => AttentionOperations + (2.0 * Dim * (((6 * Tokens) + (2 * TextTokens)) * Dim + (2 * Tokens * FeedForward)));
}
