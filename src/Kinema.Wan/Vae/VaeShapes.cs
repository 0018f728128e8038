using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Vae;

/// <summary>Infers a VAE's configuration from the shapes of its tensors. Mean and deviation of the latents are the published ones for their number.</summary>
internal static class VaeShapes
{
    private const string First = "encoder.conv_in.weight", Last = "decoder.conv_out.weight", Middle = "decoder.conv_in.weight";

    /// <exception cref="CheckpointException">The shapes match no VAE of the family; the message names file and tensor.</exception>
    public static VaeConfig Infer(TensorShapes shapes)
    {
        var (first, last, middle) = (shapes.Of(First, 5), shapes.Of(Last, 5), shapes.Of(Middle, 5));
        var known = middle[1] == VaeConfig.Wan21.LatentChannels ? VaeConfig.Wan21
            : middle[1] == VaeConfig.Wan22.LatentChannels ? VaeConfig.Wan22
            : throw shapes.Wrong(Middle, $"takes {middle[1]} latent channels; VAE 2.1 has {VaeConfig.Wan21.LatentChannels}, VAE 2.2 has {VaeConfig.Wan22.LatentChannels}");

        var isResidual = shapes.Has("encoder.down_blocks.0.resnets.0.conv1.weight");
        var levels = isResidual ? Staged(shapes) : Flat(shapes);
        if (levels.Count == 0)
            throw shapes.Wrong(First, "is followed by no level of an encoder");

        var baseDim = first[0];
        if (levels.FirstOrDefault(level => level.Width % baseDim != 0 || level.Width / baseDim > 64) is { } odd)
            throw shapes.Wrong(odd.Tensor, $"has a width that is no multiple of the first level's, {baseDim}");
        if (levels.FirstOrDefault(level => level.Blocks != levels[0].Blocks) is { } uneven)
            throw shapes.Wrong(uneven.Tensor, $"is in a level of {uneven.Blocks} residual blocks, the first has {levels[0].Blocks}");

        var config = new VaeConfig
        {
            BaseDim = baseDim,
            DecoderBaseDim = last[1] / Math.Max(1, levels[0].Width / baseDim),
            LatentChannels = middle[1],
            DimMult = [.. levels.Select(level => level.Width / baseDim)],
            ResidualBlocks = levels[0].Blocks,
            TemporalDownsample = [.. levels.SkipLast(1).Select(level => level.Temporal)],
            IsResidual = isResidual,
            InChannels = first[1],
            OutChannels = last[0],
            PatchSize = Side(shapes, first[1]),
            LatentsMean = known.LatentsMean,
            LatentsStd = known.LatentsStd,
        };
        return config.Problem is { } problem ? throw shapes.Wrong(First, $"belongs to an invalid encoder: {problem}") : config;
    }

    /// <summary>VAE 2.2: every level has a number; the names of its residual blocks and its downsampler are below it.</summary>
    private static List<Level> Staged(TensorShapes shapes) =>
    [
        .. Enumerable.Range(0, shapes.Count("encoder.down_blocks.")).Select(stage =>
        {
            var at = $"encoder.down_blocks.{stage}.";
            var tensor = $"{at}resnets.0.conv1.weight";
            return new Level(tensor, shapes.Of(tensor, 5)[0], shapes.Count($"{at}resnets."), shapes.Has($"{at}downsampler.time_conv.weight"));
        }),
    ];

    /// <summary>VAE 2.1: one list of residual blocks and downsamplers; a downsampler ends a level.</summary>
    private static List<Level> Flat(TensorShapes shapes)
    {
        var levels = new List<Level>();
        Level? level = null;
        for (var i = 0; i < shapes.Count("encoder.down_blocks."); i++)
        {
            var at = $"encoder.down_blocks.{i}.";
            if (shapes.Has($"{at}resample.1.weight"))
            {
                var done = level ?? throw shapes.Wrong($"{at}resample.1.weight", "downsamples a level without residual blocks");
                levels.Add(done with { Temporal = shapes.Has($"{at}time_conv.weight") });
                level = null;
            }
            else
            {
                var tensor = $"{at}conv1.weight";
                level = level is null ? new(tensor, shapes.Of(tensor, 5)[0], 1, Temporal: false) : level with { Blocks = level.Blocks + 1 };
            }
        }

        return level is null ? levels : [.. levels, level];
    }

    /// <summary>Returns the side of the pixel patches that became channels.</summary>
    private static int Side(TensorShapes shapes, int channels)
    {
        var side = (int)Math.Sqrt(channels / 3.0);
        return 3 * side * side == channels && side is >= 1 and <= 16
            ? side
            : throw shapes.Wrong(First, $"takes {channels} channels, which is not 3 colours times a square patch");
    }

    private sealed record Level(string Tensor, int Width, int Blocks, bool Temporal);
}
