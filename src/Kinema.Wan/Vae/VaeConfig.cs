using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Vae;

/// <summary>The <c>config.json</c> of an <c>AutoencoderKLWan</c>. Absent keys take the reference's defaults, which are those of VAE 2.1.</summary>
internal sealed record VaeConfig
{
    /// <summary>Width of the encoder's first level.</summary>
    public int BaseDim { get; init; } = 96;

    /// <summary>Width of the decoder's last level.</summary>
    public int DecoderBaseDim { get; init; } = 96;

    /// <summary>Latent channels.</summary>
    public int LatentChannels { get; init; } = 16;

    /// <summary>Width of each level as a multiple of the base.</summary>
    public IReadOnlyList<int> DimMult { get; init; } = [1, 2, 4, 4];

    /// <summary>Residual blocks a level of the encoder; the decoder has one more.</summary>
    public int ResidualBlocks { get; init; } = 2;

    /// <summary>Encoder scales (1, ½, ¼, …) with attention after each residual block; none in the published checkpoints.</summary>
    public IReadOnlyList<double> AttentionScales { get; init; } = [];

    /// <summary>For each downsampling of the encoder, whether it also halves the number of frames. The decoder reverses the order.</summary>
    public IReadOnlyList<bool> TemporalDownsample { get; init; } = [false, true, true];

    /// <summary>Whether levels have the averaging and duplicating shortcuts of VAE 2.2.</summary>
    public bool IsResidual { get; init; }

    /// <summary>Input channels of the encoder, after patchify.</summary>
    public int InChannels { get; init; } = 3;

    /// <summary>Output channels of the decoder, before unpatchify.</summary>
    public int OutChannels { get; init; } = 3;

    /// <summary>Side of the pixel patches that become channels; 1 without patches.</summary>
    public int PatchSize { get; init; } = 1;

    /// <summary>Mean of each latent channel over the training videos.</summary>
    public IReadOnlyList<double> LatentsMean { get; init; } = LatentStatistics.Mean21;

    /// <summary>Standard deviation of each latent channel over the training videos.</summary>
    public IReadOnlyList<double> LatentsStd { get; init; } = LatentStatistics.Std21;

    /// <summary>The VAE of Wan 2.1 and of Wan 2.2 A14B, for files that come without a configuration.</summary>
    public static VaeConfig Wan21 { get; } = new();

    /// <summary>The VAE of Wan 2.2 TI2V-5B.</summary>
    public static VaeConfig Wan22 { get; } = new()
    {
        BaseDim = 160,
        DecoderBaseDim = 256,
        LatentChannels = 48,
        IsResidual = true,
        InChannels = 12,
        OutChannels = 12,
        PatchSize = 2,
        LatentsMean = LatentStatistics.Mean22,
        LatentsStd = LatentStatistics.Std22,
    };

    /// <summary>Height and width of a latent in pixels.</summary>
    public int SpatialFactor => PatchSize << (DimMult.Count - 1);

    /// <summary>Frames per latent frame, except the first, which holds one.</summary>
    public int TemporalFactor => 1 << TemporalDownsample.Count(temporal => temporal);

    /// <summary>Levels of the encoder, from full size down.</summary>
    public IReadOnlyList<VaeLevel> EncoderLevels => Levels(
        [.. DimMult.Select((multiple, i) => (BaseDim * (i == 0 ? 1 : DimMult[i - 1]), BaseDim * multiple))],
        TemporalDownsample);

    /// <summary>Levels of the decoder, from latent size up. In VAE 2.1 the upsampling before a level halves its channels.</summary>
    public IReadOnlyList<VaeLevel> DecoderLevels
    {
        get
        {
            int[] widths = [.. DimMult.Reverse().Select(multiple => DecoderBaseDim * multiple)];
            return Levels(
                [.. widths.Select((width, i) => (i == 0 ? width : IsResidual ? widths[i - 1] : widths[i - 1] / 2, width))],
                [.. TemporalDownsample.Reverse()]);
        }
    }

    /// <exception cref="CheckpointException">The config is not a valid VAE's.</exception>
    public static VaeConfig From(ModelConfig config)
    {
        var latents = config.Int("z_dim", Wan21.LatentChannels, maximum: 1024);
        var baseDim = config.Int("base_dim", Wan21.BaseDim, maximum: 8192);
        var known = latents == Wan22.LatentChannels ? Wan22 : Wan21;
        var read = new VaeConfig
        {
            BaseDim = baseDim,
            DecoderBaseDim = config.OptionalInt("decoder_base_dim", maximum: 8192) ?? baseDim,
            LatentChannels = latents,
            DimMult = config.Ints("dim_mult", Wan21.DimMult),
            ResidualBlocks = config.Int("num_res_blocks", Wan21.ResidualBlocks, maximum: 64),
            AttentionScales = config.Numbers("attn_scales", Wan21.AttentionScales),
            TemporalDownsample = config.Flags("temperal_downsample", Wan21.TemporalDownsample),
            IsResidual = config.Flag("is_residual", Wan21.IsResidual),
            InChannels = config.Int("in_channels", Wan21.InChannels, maximum: 4096),
            OutChannels = config.Int("out_channels", Wan21.OutChannels, maximum: 4096),
            PatchSize = config.OptionalInt("patch_size", maximum: 16) ?? Wan21.PatchSize,
            LatentsMean = config.Numbers("latents_mean", known.LatentsMean),
            LatentsStd = config.Numbers("latents_std", known.LatentsStd),
        };
        return read.Problem is { } problem ? throw config.Wrong(problem) : read;
    }

    /// <summary>Describes why the configuration is invalid; null if it is valid.</summary>
    public string? Problem =>
        DimMult.Count is 0 or > 8 || DimMult.Any(multiple => multiple is < 1 or > 64) ? "dim_mult must be a list of 1 to 8 numbers from 1 to 64"
        : TemporalDownsample.Count != DimMult.Count - 1 ? $"temperal_downsample must have one entry less than dim_mult, {DimMult.Count - 1}; it has {TemporalDownsample.Count}"
        : LatentsMean.Count != LatentChannels ? $"latents_mean must have z_dim = {LatentChannels} values; it has {LatentsMean.Count}"
        : LatentsStd.Count != LatentChannels ? $"latents_std must have z_dim = {LatentChannels} values; it has {LatentsStd.Count}"
        : InChannels % (PatchSize * PatchSize) + OutChannels % (PatchSize * PatchSize) != 0 ? "in_channels and out_channels must be multiples of patch_size squared"
        : null;

    private static VaeLevel[] Levels(IReadOnlyList<(int In, int Out)> widths, IReadOnlyList<bool> temporal) =>
        [.. widths.Select((width, i) => new VaeLevel(width.In, width.Out, i < temporal.Count, i < temporal.Count && temporal[i]))];
}
