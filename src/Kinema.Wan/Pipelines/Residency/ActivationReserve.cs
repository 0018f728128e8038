using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines.Residency;

/// <summary>Memory to keep for what is computed between the weights, for a video of the family's default size. Calculated, not measured, and rather too much.</summary>
internal static class ActivationReserve
{
    // Vectors of float32 that live at once for each token within a block, and numbers of its widened feed-forward; pictures as wide as the VAE's last level.
    private const int Vectors = 8, WideVectors = 2, Pictures = 8;

    /// <summary>The larger of a transformer's block and the VAE's largest level, a factor of a half more for what the allocator loses.</summary>
    public static long Of(Checkpoint checkpoint, ScalarType type, bool tiledVae)
    {
        var defaults = FamilyDefaults.Of(checkpoint.Family);
        var (transformer, vae) = (checkpoint.Transformer, checkpoint.Vae);
        var frames = ((defaults.Frames - 1) / vae.TemporalFactor) + 1;
        long tokens = (long)frames * defaults.Area / (checkpoint.Multiple * checkpoint.Multiple);
        var perToken = (Vectors * sizeof(float) * (long)transformer.Dim) + (WideVectors * type.ElementSize() * (long)transformer.FeedForwardDim);

        var tile = new Vae.VaeTiling();
        long pixels = tiledVae ? Math.Min(defaults.Area, tile.TileWidth * tile.TileHeight) : defaults.Area;
        var perPixel = Pictures * sizeof(float) * (long)vae.DecoderBaseDim * vae.TemporalFactor / (vae.PatchSize * vae.PatchSize);

        return Math.Max(tokens * perToken, pixels * perPixel) / 2 * 3;
    }
}
