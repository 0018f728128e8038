using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Images;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>Reads a checkpoint in the Diffusers folder layout: its configs, read and checked against one another.</summary>
internal static class CheckpointFolder
{
    private const double DefaultBoundary = 0.9;

    /// <exception cref="CheckpointException">Something is missing, or it is no image-to-video model.</exception>
    public static Checkpoint Read(string path)
    {
        if (!Directory.Exists(path))
            throw new CheckpointException($"{path} is not a folder; a checkpoint is a folder with model_index.json, transformer, vae and text_encoder.");

        var transformer = WanTransformerConfig.From(Config(path, PartName.Transformer));
        var hasTransformer2 = Directory.Exists(FolderOf(path, PartName.Transformer2));
        if (hasTransformer2)
            _ = WanTransformerConfig.From(Config(path, PartName.Transformer2));

        var clip = transformer.ImageDim is null ? null : ClipConfig.From(Config(path, PartName.ImageEncoder));
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
            Paths = parts.ToDictionary(part => part, part => FolderOf(path, part)),
            Tokenizer = Path.Combine(path, "tokenizer"),
            Transformer = transformer,
            Vae = VaeConfig.From(Config(path, PartName.Vae)),
            Text = TextEncoderConfig.From(Config(path, PartName.TextEncoder)),
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

    private static ModelConfig Config(string path, PartName part) => ModelConfig.Read(Path.Combine(FolderOf(path, part), "config.json"));

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
