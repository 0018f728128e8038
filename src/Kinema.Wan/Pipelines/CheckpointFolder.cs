using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Images;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>Reads a checkpoint in the Diffusers folder layout and checks its configs against one another. Single files may replace components.</summary>
internal static class CheckpointFolder
{
    private const double DefaultBoundaryRatio = 0.9;

    /// <exception cref="CheckpointException">Something is missing, or the model is not an image-to-video model.</exception>
    public static Checkpoint Read(string path, WanFiles? files = null)
    {
        var named = Named(files ?? new());
        T Config<T>(ComponentName component, Func<ModelConfig, T> read, Func<TensorSet, T> infer) => named.TryGetValue(component, out var file)
            ? Infer(file, component, infer)
            : read(ModelConfig.Read(Path.Combine(FolderOf(path, component), "config.json")));

        if (IsMissing(path, named, ComponentName.Transformer))
            ThrowIfMissing(path, named, ComponentName.Transformer, ComponentName.TextEncoder, ComponentName.Vae);

        var transformer = Config(ComponentName.Transformer, WanTransformerConfig.From, ComponentConfig.Transformer);
        var hasTransformer2 = named.ContainsKey(ComponentName.Transformer2) || Directory.Exists(FolderOf(path, ComponentName.Transformer2));
        if (hasTransformer2)
            _ = Config(ComponentName.Transformer2, WanTransformerConfig.From, ComponentConfig.Transformer);

        // After the transformer's config, which may be that of a model that is not supported at all.
        ThrowIfMissing(path, named, [ComponentName.TextEncoder, ComponentName.Vae, .. transformer.ImageDim is null ? [] : new[] { ComponentName.ImageEncoder }]);
        var clip = transformer.ImageDim is null ? null : Config(ComponentName.ImageEncoder, ClipConfig.From, ComponentConfig.Clip);
        var index = ModelConfig.Read(Path.Combine(path, "model_index.json"));
        ComponentName[] components =
        [
            ComponentName.TextEncoder, ComponentName.Vae, ComponentName.Transformer,
            .. clip is null ? [] : new[] { ComponentName.ImageEncoder },
            .. hasTransformer2 ? new[] { ComponentName.Transformer2 } : [],
        ];
        var checkpoint = new Checkpoint
        {
            Name = path,
            Paths = components.ToDictionary(component => component, component => named.GetValueOrDefault(component) ?? FolderOf(path, component)),
            Tokenizer = files?.Tokenizer ?? Path.Combine(path, "tokenizer"),
            Transformer = transformer,
            Vae = Config(ComponentName.Vae, VaeConfig.From, ComponentConfig.Vae),
            Text = Config(ComponentName.TextEncoder, TextEncoderConfig.From, ComponentConfig.Text),
            Clip = clip,
            ClipPixels = clip is null ? null : ReadPixels(path, clip),
            ExpandTimesteps = index.Flag("expand_timesteps", false),
            BoundaryRatio = hasTransformer2 ? index.Number("boundary_ratio", DefaultBoundaryRatio) : null,
            FlowShift = ReadFlowShift(path),
        };
        _ = checkpoint.Family;
        return checkpoint;
    }

    private static bool IsMissing(string path, Dictionary<ComponentName, string> named, ComponentName component) =>
        !named.ContainsKey(component) && !Directory.Exists(FolderOf(path, component));

    private static void ThrowIfMissing(string path, Dictionary<ComponentName, string> named, params ComponentName[] required)
    {
        var missing = required.Where(component => IsMissing(path, named, component)).ToList();
        if (missing.Count > 0)
        {
            throw new CheckpointException(
                $"{path} lacks {string.Join(", ", missing.Select(component => $"{Path.GetFileName(FolderOf(path, component))}/"))}; "
                + $"download the rest of the repository, or name files with {nameof(WanFiles)}: {string.Join(", ", missing)}.");
        }
    }

    private static string FolderOf(string path, ComponentName component) => Path.Combine(path, component switch
    {
        ComponentName.TextEncoder => "text_encoder",
        ComponentName.ImageEncoder => "image_encoder",
        ComponentName.Vae => "vae",
        ComponentName.Transformer => "transformer",
        ComponentName.Transformer2 => "transformer_2",
        _ => throw new ArgumentOutOfRangeException(nameof(component), component, "There is no such component."),
    });

    private static Dictionary<ComponentName, string> Named(WanFiles files) => new (ComponentName Part, string? Path)[]
    {
        (ComponentName.TextEncoder, files.TextEncoder),
        (ComponentName.ImageEncoder, files.ImageEncoder),
        (ComponentName.Vae, files.Vae),
        (ComponentName.Transformer, files.Transformer),
        (ComponentName.Transformer2, files.LowNoiseTransformer),
    }.Where(entry => entry.Path is not null).ToDictionary(entry => entry.Part, entry => entry.Path!);

    private static T Infer<T>(string file, ComponentName component, Func<TensorSet, T> infer)
    {
        using var set = TensorSet.Open(file, Checkpoint.KindOf(component));
        return infer(set);
    }

    private static ClipPixels ReadPixels(string path, ClipConfig clip)
    {
        var processor = Path.Combine(path, "image_processor", "preprocessor_config.json");
        return File.Exists(processor) ? ClipPixels.From(ModelConfig.Read(processor)) : ClipPixels.Square(clip.ImageSize);
    }

    private static double? ReadFlowShift(string path)
    {
        var scheduler = Path.Combine(path, "scheduler", "scheduler_config.json");
        if (!File.Exists(scheduler))
            return null;

        var config = ModelConfig.Read(scheduler);
        return config.OptionalNumber("flow_shift") ?? config.OptionalNumber("shift");
    }
}
