using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>Which models have such a transformer, told from its channels and image tokens.</summary>
internal static class FamilyDetector
{
    /// <summary>Of a transformer whose VAE is not known yet: the published VAE with so many latent channels, as it is run with that.</summary>
    public static WanFamily? Detect(WanTransformerConfig transformer) => transformer.OutChannels == VaeConfig.Wan22.LatentChannels
        ? Detect(transformer, VaeConfig.Wan22, expandTimesteps: true)
        : Detect(transformer, VaeConfig.Wan21, expandTimesteps: false);

    /// <summary>Null where no image-to-video model has such a transformer with this VAE.</summary>
    /// <param name="transformer">Its configuration.</param>
    /// <param name="vae">Where its latents come from.</param>
    /// <param name="expandTimesteps">Whether every token has its own time and the first latent frame is the picture itself.</param>
    public static WanFamily? Detect(WanTransformerConfig transformer, VaeConfig vae, bool expandTimesteps)
    {
        if (transformer.OutChannels != vae.LatentChannels || transformer.InChannels != (expandTimesteps ? vae.LatentChannels : ImageConditionedChannels(vae)))
            return null;

        return expandTimesteps ? WanFamily.Wan22TextImageToVideo
            : transformer.ImageDim is null ? WanFamily.Wan22ImageToVideo
            : transformer.ImagePositions is null ? WanFamily.Wan21ImageToVideo : WanFamily.Wan21FirstLastFrame;
    }

    /// <summary>Latents, a mask of one channel for each frame of a latent frame, and the picture's latents.</summary>
    public static int ImageConditionedChannels(VaeConfig vae) => (2 * vae.LatentChannels) + vae.TemporalFactor;
}
