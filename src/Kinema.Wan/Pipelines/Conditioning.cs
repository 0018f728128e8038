using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>What the model is told of the given frames.</summary>
internal static class Conditioning
{
    /// <summary>The clip that is encoded: the first frame, mid-grey, and the last frame if there is one.</summary>
    /// <remarks>first, last: [1, 3, H, W] in [−1, 1] → [1, 3, frames, H, W].</remarks>
    public static Tensor Clip(Tensor first, Tensor? last, int frames)
    {
        var clip = zeros([1, first.shape[1], frames, first.shape[2], first.shape[3]], dtype: first.dtype, device: first.device);
        clip.select(2, 0).copy_(first);
        if (last is not null)
            clip.select(2, frames - 1).copy_(last);
        return clip;
    }

    /// <summary>Which frames are given: 1 for a given one, in the channel of its place within its latent frame.</summary>
    /// <remarks>
    /// The first frame stands alone in its latent frame and counts for all of its channels; a last frame is the last channel of the last latent
    /// frame. [1, group, latent frames, rows, columns].
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
