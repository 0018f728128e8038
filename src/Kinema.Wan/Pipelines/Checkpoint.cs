using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Images;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>What a checkpoint consists of and how its components are shaped, wherever they lie. No weights are loaded.</summary>
internal sealed class Checkpoint
{
    private readonly Lazy<WanFamily> _family;

    public Checkpoint() => _family = new(FindFamily);

    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>The files of every component it has: a safetensors file, an index of shards, or a folder of the Diffusers layout.</summary>
    public required IReadOnlyDictionary<ComponentName, string> Paths { get; init; }

    /// <summary><c>spiece.model</c>, <c>tokenizer.json</c>, a folder with one of them, or a safetensors file that carries the former.</summary>
    public required string Tokenizer { get; init; }

    public required WanTransformerConfig Transformer { get; init; }

    public required VaeConfig Vae { get; init; }

    public required TextEncoderConfig Text { get; init; }

    public ClipConfig? Clip { get; init; }

    public ClipPixels? ClipPixels { get; init; }

    /// <summary>Whether every token has its own time and the first latent frame is the picture itself (TI2V).</summary>
    public required bool ExpandTimesteps { get; init; }

    /// <summary>Share of the training steps from which on the first transformer works; null with one transformer.</summary>
    public double? BoundaryRatio { get; init; }

    /// <summary>Of the noise schedule, where the scheduler's config has one.</summary>
    public double? FlowShift { get; init; }

    /// <exception cref="CheckpointException">It is no image-to-video model.</exception>
    public WanFamily Family => _family.Value;

    public bool HasTransformer2 => Paths.ContainsKey(ComponentName.Transformer2);

    /// <summary>What width and height must be multiples of.</summary>
    public int SizeMultiple => Vae.SpatialFactor * Transformer.PatchSize[1];

    /// <summary>The components that it has, in the order they are first needed.</summary>
    public IReadOnlyList<ComponentName> Parts => [.. Enum.GetValues<ComponentName>().Where(Paths.ContainsKey)];

    /// <summary>The tensors of a component; the caller disposes them.</summary>
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
            throw new CheckpointException($"{Name}: the transformer has positions for {positions} image tokens; two pictures have {2 * Clip.Tokens} of this image encoder.");

        return FamilyDetector.Detect(Transformer, Vae, ExpandTimesteps) ?? throw new CheckpointException(
            $"{Name}: the transformer takes {Transformer.InChannels} channels and gives {Transformer.OutChannels}{(ExpandTimesteps ? ", with expand_timesteps" : "")}. "
            + $"An image-to-video model with this VAE takes {FamilyDetector.ImageConditionedChannels(Vae)} (latents, mask, picture), or {Vae.LatentChannels} with expand_timesteps, "
            + $"and gives {Vae.LatentChannels}; text-to-video models are not supported.");
    }
}
