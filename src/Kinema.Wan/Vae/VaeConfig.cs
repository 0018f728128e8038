using System.Text.Json;
using System.Text.Json.Serialization;
using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Vae;

/// <summary>The <c>config.json</c> of an <c>AutoencoderKLWan</c>. Absent keys take the reference's defaults, which are those of VAE 2.1; unknown keys are ignored.</summary>
internal sealed partial record VaeConfig
{
    /// <summary>Width of the encoder's first level.</summary>
    [JsonPropertyName("base_dim")] public long BaseDim { get; init; } = 96;

    /// <summary>Width of the decoder's last level; that of the encoder if absent.</summary>
    [JsonPropertyName("decoder_base_dim")] public long? DecoderBaseDim { get; init; }

    /// <summary>Latent channels.</summary>
    [JsonPropertyName("z_dim")] public long LatentChannels { get; init; } = 16;

    /// <summary>Width of each level as a multiple of the base.</summary>
    [JsonPropertyName("dim_mult")] public IReadOnlyList<long> DimMult { get; init; } = [1, 2, 4, 4];

    /// <summary>Residual blocks a level of the encoder; the decoder has one more.</summary>
    [JsonPropertyName("num_res_blocks")] public int ResidualBlocks { get; init; } = 2;

    /// <summary>Scales (1, ½, ¼, …) of the encoder with attention after each residual block; none in the published checkpoints.</summary>
    [JsonPropertyName("attn_scales")] public IReadOnlyList<double> AttentionScales { get; init; } = [];

    /// <summary>For each downsampling of the encoder, whether it halves the number of frames too. The decoder goes the other way round.</summary>
    [JsonPropertyName("temperal_downsample")] public IReadOnlyList<bool> TemporalDownsample { get; init; } = [false, true, true];

    /// <summary>Whether levels have the averaging and duplicating shortcuts of VAE 2.2.</summary>
    [JsonPropertyName("is_residual")] public bool IsResidual { get; init; }

    /// <summary>Channels that the encoder takes, after blocks of pixels became channels.</summary>
    [JsonPropertyName("in_channels")] public long InChannels { get; init; } = 3;

    /// <summary>Channels that the decoder gives, before channels become blocks of pixels.</summary>
    [JsonPropertyName("out_channels")] public long OutChannels { get; init; } = 3;

    /// <summary>Side of the blocks of pixels that become channels; none if absent.</summary>
    [JsonPropertyName("patch_size")] public int? PatchSize { get; init; }

    /// <summary>Mean of each latent channel over the training videos.</summary>
    [JsonPropertyName("latents_mean")] public IReadOnlyList<double>? LatentsMean { get; init; }

    /// <summary>Standard deviation of each latent channel over the training videos.</summary>
    [JsonPropertyName("latents_std")] public IReadOnlyList<double>? LatentsStd { get; init; }

    /// <summary>Pixels a latent is high and wide.</summary>
    [JsonIgnore] public int SpatialFactor => (PatchSize ?? 1) << (DimMult.Count - 1);

    /// <summary>Frames a latent frame stands for, except the first, which stands for one.</summary>
    [JsonIgnore] public int TemporalFactor => 1 << TemporalDownsample.Count(temporal => temporal);

    /// <summary>Levels of the encoder, from full size down.</summary>
    [JsonIgnore] public IReadOnlyList<VaeLevel> EncoderLevels =>
    [
        .. DimMult.Select((multiple, i) => new VaeLevel(
            BaseDim * (i == 0 ? 1 : DimMult[i - 1]), BaseDim * multiple, i < TemporalDownsample.Count, i < TemporalDownsample.Count && TemporalDownsample[i])),
    ];

    /// <summary>Levels of the decoder, from latent size up. In VAE 2.1 an upsampling halves the channels.</summary>
    [JsonIgnore] public IReadOnlyList<VaeLevel> DecoderLevels
    {
        get
        {
            var width = DecoderBaseDim ?? BaseDim;
            var widths = DimMult.Reverse().Select(multiple => width * multiple).ToArray();
            var temporal = TemporalDownsample.Reverse().ToArray();
            return
            [
                .. widths.Select((outChannels, i) => new VaeLevel(
                    i == 0 ? outChannels : IsResidual ? widths[i - 1] : widths[i - 1] / 2, outChannels, i < temporal.Length, i < temporal.Length && temporal[i])),
            ];
        }
    }

    /// <summary>Reads a <c>config.json</c>.</summary>
    /// <exception cref="CheckpointException">It is no JSON, or describes no VAE; the message names <paramref name="file"/>.</exception>
    public static VaeConfig Parse(ReadOnlySpan<byte> json, string file)
    {
        try
        {
            var config = JsonSerializer.Deserialize(json, Json.Default.VaeConfig) ?? new VaeConfig();
            return config.Problem is { } problem ? throw new CheckpointException($"{file}: {problem}") : config;
        }
        catch (JsonException exception)
        {
            throw new CheckpointException($"{file} is not a VAE configuration: {exception.Message}", exception);
        }
    }

    private string? Problem =>
        DimMult.Count is 0 or > 8 ? $"dim_mult must have 1 to 8 levels; it has {DimMult.Count}"
        : TemporalDownsample.Count != DimMult.Count - 1 ? $"temperal_downsample must have one entry less than dim_mult; it has {TemporalDownsample.Count} of {DimMult.Count - 1}"
        : ResidualBlocks is < 1 or > 64 ? $"num_res_blocks must be from 1 to 64; it is {ResidualBlocks}"
        : PatchSize is < 1 or > 16 ? $"patch_size must be from 1 to 16; it is {PatchSize}"
        : LatentsMean is not null && LatentsMean.Count != LatentChannels ? $"latents_mean must have z_dim = {LatentChannels} values; it has {LatentsMean.Count}"
        : LatentsStd is not null && LatentsStd.Count != LatentChannels ? $"latents_std must have z_dim = {LatentChannels} values; it has {LatentsStd.Count}"
        : null;

    [JsonSerializable(typeof(VaeConfig))]
    private sealed partial class Json : JsonSerializerContext;
}
