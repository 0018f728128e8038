using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>
/// The VAE's memory layout of video: shaped [batch, channels, frames, height, width], but stored frame by frame, row by row, pixel by pixel, with the
/// channels of a pixel adjacent ("channels last").
/// </summary>
/// <remarks>
/// Norms over channels then read consecutive memory, convolutions need no reordering, 1×1 convolutions are plain matrix products, and frames of one video are
/// adjacent, so slicing and joining in time copies whole blocks.
/// </remarks>
internal static class VideoLayout
{
    /// <summary>Returns the same values in channels-last layout, without a copy if they already are.</summary>
    public static Tensor ChannelsLast(Tensor video) => video.permute(0, 2, 3, 4, 1).contiguous().permute(0, 4, 1, 2, 3);

    /// <summary>
    /// Returns uninitialised video of <paramref name="frames"/> frames with <paramref name="channels"/>, otherwise shaped like <paramref name="like"/>.
    /// </summary>
    public static Tensor Empty(Tensor like, long channels, long frames)
    {
        var (batch, height, width) = (like.shape[0], like.shape[3], like.shape[4]);
        return empty([batch, frames, height, width, channels], like.dtype, like.device).permute(0, 4, 1, 2, 3);
    }

    /// <summary>[B, C, T, H, W] → [B·T, C, H, W], a view.</summary>
    public static Tensor FramesToBatch(Tensor video) => video.permute(0, 2, 1, 3, 4).flatten(0, 1);

    /// <summary>[B·T, C, H, W] → [B, C, T, H, W], a view.</summary>
    public static Tensor BatchToFrames(Tensor pictures, long batch) => pictures.unflatten(0, [batch, -1]).permute(0, 2, 1, 3, 4);
}
