using Kinema.Wan.StepCaching;
using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Memory to keep for what is computed between the weights, for a video of the family's default size. Calculated, not measured, and rather too much.</summary>
internal static class ActivationReserve
{
    // Vectors of float32 that live at once for each token within a block, and numbers of its widened feed-forward; pictures as wide as the VAE's last level.
    private const int Vectors = 8, WideVectors = 2, Pictures = 8;

    /// <summary>
    /// The larger of a transformer's block, a half more for what the allocator loses, with what step caching keeps beside it, and the VAE's largest level, a
    /// half more too. A request may ask for step caching or not; what it keeps is reserved for all, because weights stay and requests come later.
    /// </summary>
    public static long BytesFor(Checkpoint checkpoint, ScalarType type, bool tiledVae)
    {
        var defaults = FamilyDefaults.Of(checkpoint.Family);
        var (transformer, vae) = (checkpoint.Transformer, checkpoint.Vae);
        var frames = ((defaults.NumFrames - 1) / vae.TemporalFactor) + 1;
        long tokens = (long)frames * defaults.MaxArea / (checkpoint.SizeMultiple * checkpoint.SizeMultiple);
        var perToken = (Vectors * sizeof(float) * (long)transformer.Dim) + (WideVectors * type.ElementSize() * (long)transformer.FeedForwardDim);

        var tile = new Vae.VaeTileSizes();
        long pixels = tiledVae ? Math.Min(defaults.MaxArea, tile.TileWidth * tile.TileHeight) : defaults.MaxArea;
        var perPixel = Pictures * sizeof(float) * (long)vae.DecoderBaseDim * vae.TemporalFactor / (vae.PatchSize * vae.PatchSize);

        var kept = StepCachePlanner.ResidualBytes(tokens, transformer.Dim, type.ElementSize(), isGuided: true);
        return Math.Max(PlusHalf(tokens * perToken) + kept, PlusHalf(pixels * perPixel));
    }

    private static long PlusHalf(long bytes) => bytes / 2 * 3;
}
