using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>Builds the model of a component from its weights, or from their shapes alone.</summary>
internal static class ComponentBuilder
{
    public static object Build(Checkpoint checkpoint, ComponentName name, IWeights weights, bool tiling) => name switch
    {
        ComponentName.TextEncoder => new TextEncoder(checkpoint.Text, weights),
        ComponentName.ImageEncoder => new ClipImageEncoder(weights, checkpoint.Clip!),
        ComponentName.Vae => new WanVae(weights, checkpoint.Vae) { Tiling = tiling ? new VaeTileSizes() : null },
        _ => new WanTransformer(checkpoint.Transformer, weights),
    };

    /// <summary>Returns the matrices of a component that may stay packed.</summary>
    public static IReadOnlySet<string> MatricesOf(Checkpoint checkpoint, ComponentName name, TensorSet set) =>
        ShapeValidator.MatricesOf(set, weights => Build(checkpoint, name, weights, tiling: false));
}
