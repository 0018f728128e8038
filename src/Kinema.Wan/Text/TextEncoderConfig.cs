using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Text;

/// <summary>The configuration of a umT5 encoder, from <c>text_encoder/config.json</c>. Absent keys take umT5-XXL's values.</summary>
internal sealed record TextEncoderConfig
{
    public required int Vocabulary { get; init; }

    /// <summary>Channels of the hidden states.</summary>
    public required int Dim { get; init; }

    public required int Heads { get; init; }

    /// <summary>Channels of one head; heads × head channels may differ from the hidden states' channels.</summary>
    public required int HeadDim { get; init; }

    public required int FeedForwardDim { get; init; }

    public required int Layers { get; init; }

    public required int DistanceBuckets { get; init; }

    public required int MaximumDistance { get; init; }

    public required double Epsilon { get; init; }

    /// <summary>Channels of all heads together.</summary>
    public int Inner => Heads * HeadDim;

    public static TextEncoderConfig From(ModelConfig config) => new()
    {
        Vocabulary = config.Int("vocab_size", 256_384),
        Dim = config.Int("d_model", 4096),
        Heads = config.Int("num_heads", 64),
        HeadDim = config.Int("d_kv", 64),
        FeedForwardDim = config.Int("d_ff", 10_240),
        Layers = config.Int("num_layers", 24),
        DistanceBuckets = config.Int("relative_attention_num_buckets", 32, minimum: 4),
        MaximumDistance = config.Int("relative_attention_max_distance", 128),
        Epsilon = config.Number("layer_norm_epsilon", 1e-6),
    };
}
