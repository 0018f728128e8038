using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>Builds the conditioning tensors of the given frames.</summary>
internal static class Conditioning
{
    /// <summary>Returns the clip to encode: the first frame, mid-grey frames, and the last frame if there is one.</summary>
    /// <remarks>first, last: [1, 3, H, W] in [−1, 1] → [1, 3, frames, H, W].</remarks>
    public static Tensor Clip(Tensor first, Tensor? last, int frames)
    {
        var clip = zeros([1, first.shape[1], frames, first.shape[2], first.shape[3]], dtype: first.dtype, device: first.device);
        clip.select(2, 0).copy_(first);
        if (last is not null)
            clip.select(2, frames - 1).copy_(last);
        return clip;
    }

    /// <summary>Returns the mask of given frames: 1 for a given frame, in the channel of its position within its latent frame.</summary>
    /// <remarks>
    /// The first frame is alone in its latent frame and sets all of its channels. A last frame sets the last channel of the last latent frame. [1, group,
    /// latent frames, rows, columns].
    /// </remarks>
    public static Tensor Mask(bool hasLast, int group, long latentFrames, long rows, long columns, Device device)
    {
        var mask = zeros([1, group, latentFrames, rows, columns], dtype: ScalarType.Float32, device: device);
        mask.select(2, 0).FillInPlace(1);
        if (hasLast)
            mask.select(2, latentFrames - 1).select(1, group - 1).FillInPlace(1);
        return mask;
    }
}
