using Kinema.Wan.Text;

namespace Kinema.Wan.Pipelines;

/// <summary>Counts the floating-point operations of a denoising step: matrix products and attention, which take nearly all of its time.</summary>
internal static class StepOperations
{
    public static long Of(Checkpoint checkpoint, WanSettings settings)
    {
        var (config, vae) = (checkpoint.Transformer, checkpoint.Vae);
        var tokens = (((settings.NumFrames - 1L) / vae.TemporalFactor) + 1) / config.PatchSize[0]
            * (settings.Height / checkpoint.SizeMultiple) * (settings.Width / checkpoint.SizeMultiple);
        long dim = config.Dim;
        const long TextTokens = TextEncoder.Length;

        // Query, key, value and output of self-attention; query and output of cross-attention; feed-forward. Two operations for each weight and token.
        var linear = 2 * tokens * ((6 * dim * dim) + (2 * dim * config.FeedForwardDim));
        var keysOfText = 2 * TextTokens * 2 * dim * dim;
        var attention = 4 * tokens * (tokens + TextTokens) * dim;
        return (linear + keysOfText + attention) * config.Layers * (settings.IsGuided ? 2 : 1);
    }
}
