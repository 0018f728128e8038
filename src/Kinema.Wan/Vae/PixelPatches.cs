using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>Converts patches of p×p pixels to channels and back (VAE 2.2), ordered (colour, column in the patch, row in the patch).</summary>
internal static class PixelPatches
{
    /// <summary>[B, C, T, p·H, p·W] → [B, C·p·p, T, H, W], channels last.</summary>
    public static torch.Tensor Patchify(torch.Tensor video, long p) =>
        video.unflatten(4, [-1, p]).unflatten(3, [-1, p]).permute(0, 2, 3, 5, 1, 6, 4).flatten(4).permute(0, 4, 1, 2, 3);

    /// <summary>[B, C·p·p, T, H, W] → [B, C, T, p·H, p·W], channels last.</summary>
    public static torch.Tensor Unpatchify(torch.Tensor blocks, long p) =>
        blocks.unflatten(1, [-1, p, p]).permute(0, 4, 5, 3, 6, 2, 1).flatten(4, 5).flatten(2, 3).permute(0, 4, 1, 2, 3);
}
