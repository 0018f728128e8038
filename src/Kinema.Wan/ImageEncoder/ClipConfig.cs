using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.ImageEncoder;

/// <summary>The <c>config.json</c> of a <c>CLIPVisionModel</c>. Absent keys take transformers' defaults.</summary>
internal sealed record ClipConfig
{
    public int HiddenSize { get; init; } = 768;

    public int IntermediateSize { get; init; } = 3072;

    public int Layers { get; init; } = 12;

    public int Heads { get; init; } = 12;

    public int Channels { get; init; } = 3;

    public int ImageSize { get; init; } = 224;

    public int PatchSize { get; init; } = 32;

    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Whether the activation is x · sigmoid(1.702 x), as in OpenAI's models, instead of the exact GELU of Wan 2.1's encoder.</summary>
    public bool QuickGelu { get; init; } = true;

    /// <summary>One token per patch, and the class token.</summary>
    public int Tokens => (ImageSize / PatchSize * (ImageSize / PatchSize)) + 1;

    /// <exception cref="CheckpointException">The config is not a valid CLIP vision model's.</exception>
    public static ClipConfig From(ModelConfig config)
    {
        var defaults = new ClipConfig();
        var activation = config.Text("hidden_act", "quick_gelu");
        var read = new ClipConfig
        {
            HiddenSize = config.Int("hidden_size", defaults.HiddenSize, maximum: 1 << 16),
            IntermediateSize = config.Int("intermediate_size", defaults.IntermediateSize, maximum: 1 << 18),
            Layers = config.Int("num_hidden_layers", defaults.Layers, maximum: 256),
            Heads = config.Int("num_attention_heads", defaults.Heads, maximum: 1024),
            Channels = config.Int("num_channels", defaults.Channels, maximum: 16),
            ImageSize = config.Int("image_size", defaults.ImageSize, maximum: 4096),
            PatchSize = config.Int("patch_size", defaults.PatchSize, maximum: 4096),
            Epsilon = config.Number("layer_norm_eps", defaults.Epsilon),
            QuickGelu = activation == "quick_gelu",
        };
        return activation is not ("gelu" or "quick_gelu") ? throw config.Wrong($"hidden_act must be gelu or quick_gelu; got {activation}")
            : read.HiddenSize % read.Heads != 0 ? throw config.Wrong($"hidden_size {read.HiddenSize} must be a multiple of num_attention_heads {read.Heads}")
            : read;
    }
}
