using Kinema.Wan.Images;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>A rough picture of latents in no time: every colour is a weighted sum of the channels, one pixel a latent.</summary>
internal sealed class LatentPreview
{
    private readonly float[,] _colours;

    private LatentPreview(float[,] colours) => _colours = colours;

    /// <summary>The preview for latents of so many channels, or null where no weights are known.</summary>
    public static LatentPreview? For(int latentChannels) => latentChannels switch
    {
        16 => new LatentPreview(LatentColours.Wan21),
        48 => new LatentPreview(LatentColours.Wan22),
        _ => null,
    };

    /// <summary>Pictures of all latent frames.</summary>
    /// <param name="latents">[1, z, T, h, w], normalised, as the diffusion model sees them.</param>
    /// <returns>T pictures of w x h pixels.</returns>
    public IReadOnlyList<RgbImage> Render(Tensor latents)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        var table = from_array(_colours).to(latents.device);
        var (offset, weights) = (table[0], table.narrow(0, 1, table.shape[0] - 1));
        return VideoPixels.FromUnit(latents.select(0, 0).to_type(ScalarType.Float32).permute(1, 2, 3, 0).matmul(weights).add_(offset));
    }
}
