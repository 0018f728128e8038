using Kinema.Wan.StepCaching;
using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Memory to reserve for activations, for a video of the family's default size. Computed, not measured, and rather too much than too little.</summary>
internal static class ActivationReserve
{
    // Float32 vectors alive at once per token within a block; vectors of its feed-forward's width; feature maps of the VAE's last level.
    private const int Vectors = 8, WideVectors = 2, Pictures = 8;

    /// <summary>
    /// Returns the larger of two estimates, each plus half for allocator overhead: a transformer block, with the residuals that step caching keeps, and the
    /// VAE's largest level. The residuals are always reserved, because weights stay loaded while a later request may enable step caching.
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
