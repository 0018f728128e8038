using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Images;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>The components of a checkpoint, their paths and configurations. No weights are loaded.</summary>
internal sealed class Checkpoint
{
    private readonly Lazy<WanFamily> _family;

    public Checkpoint() => _family = new(FindFamily);

    /// <summary>The name in messages.</summary>
    public required string Name { get; init; }

    /// <summary>The path of every component: a safetensors file, an index of shards, or a folder of the Diffusers layout.</summary>
    public required IReadOnlyDictionary<ComponentName, string> Paths { get; init; }

    /// <summary><c>spiece.model</c>, <c>tokenizer.json</c>, a folder with one of them, or a safetensors file with an embedded <c>spiece.model</c>.</summary>
    public required string Tokenizer { get; init; }

    public required WanTransformerConfig Transformer { get; init; }

    public required VaeConfig Vae { get; init; }

    public required TextEncoderConfig Text { get; init; }

    public ClipConfig? Clip { get; init; }

    public ClipPixels? ClipPixels { get; init; }

    /// <summary>Whether every token has its own timestep and the first latent frame is the image itself (TI2V).</summary>
    public required bool ExpandTimesteps { get; init; }

    /// <summary>Fraction of the training timesteps at or above which the first transformer runs; null with one transformer.</summary>
    public double? BoundaryRatio { get; init; }

    /// <summary>Flow shift in the scheduler's config, if it has one.</summary>
    public double? FlowShift { get; init; }

    /// <exception cref="CheckpointException">The model is not an image-to-video model.</exception>
    public WanFamily Family => _family.Value;

    public bool HasTransformer2 => Paths.ContainsKey(ComponentName.Transformer2);

    /// <summary>Width and height must be multiples of this number of pixels.</summary>
    public int SizeMultiple => Vae.SpatialFactor * Transformer.PatchSize[1];

    /// <summary>The available components, in the order of first use.</summary>
    public IReadOnlyList<ComponentName> Components => [.. Enum.GetValues<ComponentName>().Where(Paths.ContainsKey)];

    /// <summary>Opens the tensors of a component; the caller disposes them.</summary>
    public TensorSet Open(ComponentName component) => TensorSet.Open(Paths[component], KindOf(component));

    public static ModelKind KindOf(ComponentName component) => component switch
    {
        ComponentName.TextEncoder => ModelKind.TextEncoder,
        ComponentName.ImageEncoder => ModelKind.ImageEncoder,
        ComponentName.Vae => ModelKind.Vae,
        _ => ModelKind.Transformer,
    };

    private WanFamily FindFamily()
    {
        if (Transformer.ImagePositions is { } positions && Clip is not null && positions != 2 * Clip.Tokens)
            throw new CheckpointException($"{Name}: the transformer has positions for {positions} image tokens; two images have {2 * Clip.Tokens} of this image encoder.");

        return FamilyDetector.Detect(Transformer, Vae, ExpandTimesteps) ?? throw new CheckpointException(
            $"{Name}: the transformer takes {Transformer.InChannels} channels and gives {Transformer.OutChannels}{(ExpandTimesteps ? ", with expand_timesteps" : "")}. "
            + $"An image-to-video model with this VAE takes {FamilyDetector.ImageConditionedChannels(Vae)} (latents, mask, image), or {Vae.LatentChannels} with expand_timesteps, "
            + $"and gives {Vae.LatentChannels}; text-to-video models are not supported.");
    }
}
