namespace Kinema.Wan.Vae;

/// <summary>Works through large pictures in overlapping tiles, so that the memory of a chunk is that of a tile. Sizes in pixels.</summary>
/// <remarks>
/// The values are the reference's defaults. Tiled results differ a little from untiled ones, because a tile does not see beyond its edge.
/// Frames still leave as they are decoded, so every tile keeps its own two remembered frames per convolution.
/// </remarks>
internal sealed record VaeTileSizes
{
    public int TileHeight { get; init; } = 256;

    public int TileWidth { get; init; } = 256;

    /// <summary>From the top of a tile to the top of the next; the rest of a tile's height overlaps and is blended.</summary>
    public int StrideHeight { get; init; } = 192;

    public int StrideWidth { get; init; } = 192;
}
