using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Images;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>A checkpoint in the Diffusers folder layout: its configs, read and checked against one another. No weights are loaded.</summary>
internal sealed class CheckpointFolder
{
    private const double DefaultBoundary = 0.9;

    private CheckpointFolder(string path)
    {
        Path = path;
        Transformer = WanTransformerConfig.From(Config(PartName.Transformer));
        Vae = VaeConfig.From(Config(PartName.Vae));
        Text = TextEncoderConfig.From(Config(PartName.TextEncoder));
        HasTransformer2 = Directory.Exists(FolderOf(PartName.Transformer2));

        var index = ModelConfig.Read(System.IO.Path.Combine(path, "model_index.json"));
        ExpandTimesteps = index.Flag("expand_timesteps", false);
        Boundary = HasTransformer2 ? index.Number("boundary_ratio", DefaultBoundary) : null;
        if (HasTransformer2)
            _ = WanTransformerConfig.From(Config(PartName.Transformer2));

        if (Transformer.ImageDim is not null)
        {
            Clip = ClipConfig.From(Config(PartName.ImageEncoder));
            var processor = System.IO.Path.Combine(path, "image_processor", "preprocessor_config.json");
            ClipPixels = File.Exists(processor) ? ClipPixels.From(ModelConfig.Read(processor)) : ClipPixels.Square(Clip.ImageSize);
        }

        var scheduler = System.IO.Path.Combine(path, "scheduler", "scheduler_config.json");
        if (File.Exists(scheduler))
            Shift = ModelConfig.Read(scheduler) is var config ? config.OptionalNumber("flow_shift") ?? config.OptionalNumber("shift") : null;

        Family = FindFamily();
    }

    public string Path { get; }

    public WanFamily Family { get; }

    public WanTransformerConfig Transformer { get; }

    public bool HasTransformer2 { get; }

    public VaeConfig Vae { get; }

    public TextEncoderConfig Text { get; }

    public ClipConfig? Clip { get; }

    public ClipPixels? ClipPixels { get; }

    /// <summary>Whether every token has its own time and the first latent frame is the picture itself (TI2V).</summary>
    public bool ExpandTimesteps { get; }

    /// <summary>Share of the training steps from which on the first transformer works; null with one transformer.</summary>
    public double? Boundary { get; }

    /// <summary>Of the noise schedule, where the scheduler's config has one.</summary>
    public double? Shift { get; }

    /// <summary>What width and height must be multiples of.</summary>
    public int Multiple => Vae.SpatialFactor * Transformer.PatchSize[1];

    /// <summary>The parts that it has.</summary>
    public IReadOnlyList<PartName> Parts =>
    [
        PartName.TextEncoder,
        .. Clip is null ? [] : new[] { PartName.ImageEncoder },
        PartName.Vae,
        PartName.Transformer,
        .. HasTransformer2 ? new[] { PartName.Transformer2 } : [],
    ];

    /// <exception cref="CheckpointException">Something is missing, or it is no image-to-video model.</exception>
    public static CheckpointFolder Read(string path) => Directory.Exists(path)
        ? new(path)
        : throw new CheckpointException($"{path} is not a folder; a checkpoint is a folder with model_index.json, transformer, vae and text_encoder.");

    public string FolderOf(PartName part) => System.IO.Path.Combine(Path, part switch
    {
        PartName.TextEncoder => "text_encoder",
        PartName.ImageEncoder => "image_encoder",
        PartName.Vae => "vae",
        PartName.Transformer => "transformer",
        PartName.Transformer2 => "transformer_2",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "There is no such part."),
    });

    private ModelConfig Config(PartName part) => ModelConfig.Read(System.IO.Path.Combine(FolderOf(part), "config.json"));

    private WanFamily FindFamily()
    {
        var latents = Vae.LatentChannels;
        if (ExpandTimesteps && Transformer.InChannels == latents)
            return WanFamily.Wan22TextImageToVideo;

        if (Transformer.InChannels != (2 * latents) + Vae.TemporalFactor)
        {
            throw new CheckpointException(
                $"{Path}: the transformer takes {Transformer.InChannels} channels. An image-to-video model with this VAE takes {(2 * latents) + Vae.TemporalFactor} "
                + $"(latents, mask, picture), or {latents} with expand_timesteps; text-to-video models are not supported.");
        }

        return Transformer.ImageDim is null ? WanFamily.Wan22ImageToVideo
            : Transformer.ImagePositions is null ? WanFamily.Wan21ImageToVideo : WanFamily.Wan21FirstLastFrame;
    }
}
