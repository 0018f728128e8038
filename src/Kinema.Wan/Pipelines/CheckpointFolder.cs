using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Images;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>Reads a checkpoint in the Diffusers folder layout: its configs, read and checked against one another. Single files may replace parts of it.</summary>
internal static class CheckpointFolder
{
    private const double DefaultBoundary = 0.9;

    /// <exception cref="CheckpointException">Something is missing, or it is no image-to-video model.</exception>
    public static Checkpoint Read(string path, WanFiles? files = null)
    {
        var named = Named(files ?? new());
        T Config<T>(PartName part, Func<ModelConfig, T> read, Func<TensorSet, T> infer) => named.TryGetValue(part, out var file)
            ? Infer(file, part, infer)
            : read(ModelConfig.Read(Path.Combine(FolderOf(path, part), "config.json")));

        var transformer = Config(PartName.Transformer, WanTransformerConfig.From, PartConfig.Transformer);
        var hasTransformer2 = named.ContainsKey(PartName.Transformer2) || Directory.Exists(FolderOf(path, PartName.Transformer2));
        if (hasTransformer2)
            _ = Config(PartName.Transformer2, WanTransformerConfig.From, PartConfig.Transformer);

        var clip = transformer.ImageDim is null ? null : Config(PartName.ImageEncoder, ClipConfig.From, PartConfig.Clip);
        var index = ModelConfig.Read(Path.Combine(path, "model_index.json"));
        PartName[] parts =
        [
            PartName.TextEncoder, PartName.Vae, PartName.Transformer,
            .. clip is null ? [] : new[] { PartName.ImageEncoder },
            .. hasTransformer2 ? new[] { PartName.Transformer2 } : [],
        ];
        var checkpoint = new Checkpoint
        {
            Name = path,
            Paths = parts.ToDictionary(part => part, part => named.GetValueOrDefault(part) ?? FolderOf(path, part)),
            Tokenizer = files?.Tokenizer ?? Path.Combine(path, "tokenizer"),
            Transformer = transformer,
            Vae = Config(PartName.Vae, VaeConfig.From, PartConfig.Vae),
            Text = Config(PartName.TextEncoder, TextEncoderConfig.From, PartConfig.Text),
            Clip = clip,
            ClipPixels = clip is null ? null : ReadPixels(path, clip),
            ExpandTimesteps = index.Flag("expand_timesteps", false),
            Boundary = hasTransformer2 ? index.Number("boundary_ratio", DefaultBoundary) : null,
            Shift = ReadShift(path),
        };
        _ = checkpoint.Family;
        return checkpoint;
    }

    private static string FolderOf(string path, PartName part) => Path.Combine(path, part switch
    {
        PartName.TextEncoder => "text_encoder",
        PartName.ImageEncoder => "image_encoder",
        PartName.Vae => "vae",
        PartName.Transformer => "transformer",
        PartName.Transformer2 => "transformer_2",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "There is no such part."),
    });

    private static Dictionary<PartName, string> Named(WanFiles files) => new (PartName Part, string? Path)[]
    {
        (PartName.TextEncoder, files.TextEncoder),
        (PartName.ImageEncoder, files.ImageEncoder),
        (PartName.Vae, files.Vae),
        (PartName.Transformer, files.Transformer),
        (PartName.Transformer2, files.LowNoiseTransformer),
    }.Where(entry => entry.Path is not null).ToDictionary(entry => entry.Part, entry => entry.Path!);

    private static T Infer<T>(string file, PartName part, Func<TensorSet, T> infer)
    {
        using var set = TensorSet.Open(file, Checkpoint.KindOf(part));
        return infer(set);
    }

    private static ClipPixels ReadPixels(string path, ClipConfig clip)
    {
        var processor = Path.Combine(path, "image_processor", "preprocessor_config.json");
        return File.Exists(processor) ? ClipPixels.From(ModelConfig.Read(processor)) : ClipPixels.Square(clip.ImageSize);
    }

    private static double? ReadShift(string path)
    {
        var scheduler = Path.Combine(path, "scheduler", "scheduler_config.json");
        if (!File.Exists(scheduler))
            return null;

        var config = ModelConfig.Read(scheduler);
        return config.OptionalNumber("flow_shift") ?? config.OptionalNumber("shift");
    }
}
