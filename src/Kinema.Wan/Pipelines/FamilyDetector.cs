using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>Detects a transformer's model family from its channels and image tokens.</summary>
internal static class FamilyDetector
{
    /// <summary>Detects the family of a transformer whose VAE is not known yet. Assumes the published VAE with that number of latent channels.</summary>
    public static WanFamily? Detect(WanTransformerConfig transformer) => transformer.OutChannels == VaeConfig.Wan22.LatentChannels
        ? Detect(transformer, VaeConfig.Wan22, expandTimesteps: true)
        : Detect(transformer, VaeConfig.Wan21, expandTimesteps: false);

    /// <summary>Detects the family; null if no image-to-video model combines this transformer and this VAE.</summary>
    /// <param name="transformer">The transformer's configuration.</param>
    /// <param name="vae">The configuration of the VAE.</param>
    /// <param name="expandTimesteps">Whether every token has its own timestep and the first latent frame is the image itself.</param>
    public static WanFamily? Detect(WanTransformerConfig transformer, VaeConfig vae, bool expandTimesteps)
    {
        if (transformer.OutChannels != vae.LatentChannels || transformer.InChannels != (expandTimesteps ? vae.LatentChannels : ImageConditionedChannels(vae)))
            return null;

        return expandTimesteps ? WanFamily.Wan22TextImageToVideo
            : transformer.ImageDim is null ? WanFamily.Wan22ImageToVideo
            : transformer.ImagePositions is null ? WanFamily.Wan21ImageToVideo : WanFamily.Wan21FirstLastFrame;
    }

    /// <summary>
    /// Input channels of an image-conditioned transformer: latents, a mask with one channel for each frame of a latent frame, and the image's latents.
    /// </summary>
    public static int ImageConditionedChannels(VaeConfig vae) => (2 * vae.LatentChannels) + vae.TemporalFactor;
}
