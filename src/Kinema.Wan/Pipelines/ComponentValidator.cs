using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>Whether the files of a component hold what its configuration asks for, told from their headers.</summary>
internal static class ComponentValidator
{
    /// <summary>
    /// All components, before any is loaded. Single files were checked one by one when they were chosen; only here is the second transformer held against the
    /// first one's shape.
    /// </summary>
    /// <exception cref="CheckpointException">A component lacks a tensor, has one of another shape, or is of a model that is not run here.</exception>
    public static void ValidateAll(Checkpoint checkpoint)
    {
        foreach (var component in checkpoint.Parts)
        {
            using var set = checkpoint.Open(component);
            switch (component)
            {
                case ComponentName.TextEncoder: Text(set, checkpoint.Text); break;
                case ComponentName.ImageEncoder: Clip(set, checkpoint.Clip!); break;
                case ComponentName.Vae: Vae(set, checkpoint.Vae); break;
                default: Transformer(set, checkpoint.Transformer); break;
            }
        }
    }

    public static void Text(TensorSet set, TextEncoderConfig config) => ShapeValidator.Run(set, weights => new TextEncoder(config, weights));

    public static void Clip(TensorSet set, ClipConfig config) => ShapeValidator.Run(set, weights => new ClipImageEncoder(weights, config));

    public static void Vae(TensorSet set, VaeConfig config) => ShapeValidator.Run(set, weights => new WanVae(weights, config));

    /// <summary>Relatives of these models are the same with more tensors, and make nonsense without them.</summary>
    public static void Transformer(TensorSet set, WanTransformerConfig config)
    {
        UnsupportedVariants.ThrowIfAny(set);
        if (ShapeValidator.Run(set, weights => new WanTransformer(config, weights)).FirstOrDefault() is { } unknown)
        {
            var stored = set.Tensors[unknown];
            throw new CheckpointException($"{stored.File.Path}: tensor \"{stored.Entry.Name}\" belongs to no image-to-video transformer of Wan 2.1 or 2.2.");
        }
    }
}
