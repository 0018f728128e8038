using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.ImageEncoder;

/// <summary>Infers the CLIP encoder's configuration from the shapes of its tensors. Wan 2.1 uses ViT-H/14 with the exact GELU.</summary>
internal static class ClipShapes
{
    /// <summary>Channels of one head of ViT-H: 1280 / 16.</summary>
    private const int HeadDim = 80;

    private const string Class = "vision_model.embeddings.class_embedding", Positions = "vision_model.embeddings.position_embedding.weight";

    /// <exception cref="CheckpointException">The shapes match no such encoder; the message names file and tensor.</exception>
    public static ClipConfig Infer(TensorShapes shapes)
    {
        var (hidden, patch, tokens) = (shapes.Of(Class, 1)[0], shapes.Of("vision_model.embeddings.patch_embedding.weight", 4), shapes.Of(Positions, 2)[0]);
        if (hidden % HeadDim != 0)
            throw shapes.Wrong(Class, $"has {hidden} channels, not a multiple of the head dimension {HeadDim}; a config.json beside the file must say how many heads there are");

        var side = (int)Math.Sqrt(tokens - 1);
        if (side < 1 || (side * side) + 1 != tokens || (long)side * patch[2] > 4096)
            throw shapes.Wrong(Positions, "is not one position for each patch of a square image and one for the class token");

        return new()
        {
            HiddenSize = hidden,
            IntermediateSize = shapes.Of("vision_model.encoder.layers.0.mlp.fc1.weight", 2)[0],
            Layers = shapes.Count("vision_model.encoder.layers."),
            Heads = hidden / HeadDim,
            Channels = patch[1],
            ImageSize = side * patch[2],
            PatchSize = patch[2],
            QuickGelu = false,
        };
    }
}
