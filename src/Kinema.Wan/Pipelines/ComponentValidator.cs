using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>Checks from the headers that a component's files hold every tensor that its configuration requires.</summary>
internal static class ComponentValidator
{
    /// <summary>
    /// Checks all components before any is loaded. Single files are checked one by one when they are selected; only this check compares the second
    /// transformer with the first one's shape.
    /// </summary>
    /// <exception cref="CheckpointException">A component lacks a tensor, has one of another shape, or belongs to an unsupported model.</exception>
    public static void ValidateAll(Checkpoint checkpoint)
    {
        foreach (var component in checkpoint.Components)
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

    /// <summary>Rejects variants of these models too. They have the same tensors and more, and give nonsense without the additional ones.</summary>
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
