using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>Reads a component's configuration from a config beside its files, or infers it from the shapes of its tensors.</summary>
/// <remarks>
/// The config beside <c>x.safetensors</c> is <c>x.json</c> or <c>config.json</c>, if its <c>_class_name</c> or <c>model_type</c> is this kind's. Folders of
/// single files hold other models' configs and descriptions too, and Wan's own config.json (<c>WanModel</c>) adds nothing to the shapes.
/// </remarks>
internal static class ComponentConfig
{
    public static WanTransformerConfig Transformer(TensorSet set) =>
        Beside(set, ModelKind.Transformer) is { } config ? WanTransformerConfig.From(config) : TransformerShapes.Infer(new(set));

    public static VaeConfig Vae(TensorSet set) => Beside(set, ModelKind.Vae) is { } config ? VaeConfig.From(config) : VaeShapes.Infer(new(set));

    public static TextEncoderConfig Text(TensorSet set) =>
        Beside(set, ModelKind.TextEncoder) is { } config ? TextEncoderConfig.From(config) : TextEncoderShapes.Infer(new(set));

    public static ClipConfig Clip(TensorSet set) => Beside(set, ModelKind.ImageEncoder) is { } config ? ClipConfig.From(config) : ClipShapes.Infer(new(set));

    private static ModelConfig? Beside(TensorSet set, ModelKind kind)
    {
        var folder = Directory.Exists(set.Source) ? set.Source : Path.GetDirectoryName(Path.GetFullPath(set.Source))!;
        return new[] { Path.ChangeExtension(set.Source, ".json"), Path.Combine(folder, "config.json") }
            .Where(path => File.Exists(path) && path != set.Source)
            .Select(ModelConfig.Read)
            .FirstOrDefault(config => IsOf(kind, config));
    }

    private static bool IsOf(ModelKind kind, ModelConfig config) => kind switch
    {
        ModelKind.Transformer => config.Is("_class_name", WanTransformerConfig.ClassName),
        ModelKind.Vae => config.Is("_class_name", "AutoencoderKLWan"),
        ModelKind.TextEncoder => config.Is("model_type", "umt5"),
        _ => config.Is("model_type", "clip_vision_model"),
    };
}
