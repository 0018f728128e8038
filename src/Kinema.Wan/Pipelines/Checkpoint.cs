using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Images;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>What a checkpoint consists of and how its parts are shaped, wherever they lie. No weights are loaded.</summary>
internal sealed class Checkpoint
{
    private readonly Lazy<WanFamily> _family;

    public Checkpoint() => _family = new(FindFamily);

    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>The files of every part it has: a safetensors file, an index of shards, or a folder of the Diffusers layout.</summary>
    public required IReadOnlyDictionary<PartName, string> Paths { get; init; }

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
    public double? Boundary { get; init; }

    /// <summary>Of the noise schedule, where the scheduler's config has one.</summary>
    public double? Shift { get; init; }

    /// <exception cref="CheckpointException">It is no image-to-video model.</exception>
    public WanFamily Family => _family.Value;

    public bool HasTransformer2 => Paths.ContainsKey(PartName.Transformer2);

    /// <summary>What width and height must be multiples of.</summary>
    public int Multiple => Vae.SpatialFactor * Transformer.PatchSize[1];

    /// <summary>The parts that it has, in the order they are first needed.</summary>
    public IReadOnlyList<PartName> Parts => [.. Enum.GetValues<PartName>().Where(Paths.ContainsKey)];

    /// <summary>The tensors of a part; the caller disposes them.</summary>
    public TensorSet Open(PartName part) => TensorSet.Open(Paths[part], KindOf(part));

    public static ModelKind KindOf(PartName part) => part switch
    {
        PartName.TextEncoder => ModelKind.TextEncoder,
        PartName.ImageEncoder => ModelKind.ImageEncoder,
        PartName.Vae => ModelKind.Vae,
        _ => ModelKind.Transformer,
    };

    private WanFamily FindFamily()
    {
        if (Transformer.ImagePositions is { } positions && Clip is not null && positions != 2 * Clip.Tokens)
            throw new CheckpointException($"{Name}: the transformer has positions for {positions} image tokens; two pictures have {2 * Clip.Tokens} of this image encoder.");

        return FamilyShape.Of(Transformer, Vae, ExpandTimesteps) ?? throw new CheckpointException(
            $"{Name}: the transformer takes {Transformer.InChannels} channels and gives {Transformer.OutChannels}{(ExpandTimesteps ? ", with expand_timesteps" : "")}. "
            + $"An image-to-video model with this VAE takes {FamilyShape.PictureChannels(Vae)} (latents, mask, picture), or {Vae.LatentChannels} with expand_timesteps, "
            + $"and gives {Vae.LatentChannels}; text-to-video models are not supported.");
    }
}
