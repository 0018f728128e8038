using Kinema.Wan.Vae;

namespace Kinema.Benchmarks.Wan;

/// <summary>Floating-point operations of the VAE's decoder.</summary>
internal static class VaeFlops
{
    /// <summary>Returns the operations of convolutions and attention for a latent frame other than the first.</summary>
    public static double OfLatentFrame(VaeConfig config, double height, double width)
    {
        var (pixels, frames, levels) = (height * width, 1.0, config.DecoderLevels);
        double deepest = levels[0].InChannels;
        var total = Convolution(pixels, 27, config.LatentChannels, deepest) + (4 * Convolution(pixels, 27, deepest, deepest))
            + Convolution(pixels, 1, deepest, 4 * deepest) + (4 * pixels * pixels * deepest);
        foreach (var level in levels)
        {
            double wide = level.OutChannels;
            total += Convolution(frames * pixels, 27, level.InChannels, wide) + (((2 * config.ResidualBlocks) + 1) * Convolution(frames * pixels, 27, wide, wide));
            if (!level.Resamples)
                continue;
            total += level.Temporal ? Convolution(frames * pixels, 3, wide, 2 * wide) : 0;
            (frames, pixels) = (level.Temporal ? 2 * frames : frames, 4 * pixels);
            total += Convolution(frames * pixels, 9, wide, config.IsResidual ? wide : wide / 2);
        }

        return total + Convolution(frames * pixels, 27, levels[^1].OutChannels, config.OutChannels);
    }

    public static double Convolution(double pixels, double taps, double inChannels, double outChannels) => 2 * pixels * taps * inChannels * outChannels;
}
