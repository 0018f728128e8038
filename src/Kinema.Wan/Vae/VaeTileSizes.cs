namespace Kinema.Wan.Vae;

/// <summary>Tile sizes in pixels for tiled encoding and decoding, which limits the memory of a chunk to that of a tile.</summary>
/// <remarks>
/// The values are the reference's defaults. Tiled results differ a little from untiled ones, because a tile does not see beyond its edge. Frames are still
/// yielded as they are decoded, so every tile caches its own two frames per convolution.
/// </remarks>
internal sealed record VaeTileSizes
{
    public int TileHeight { get; init; } = 256;

    public int TileWidth { get; init; } = 256;

    /// <summary>Distance from the top of a tile to the top of the next. The rest of a tile's height overlaps and is blended.</summary>
    public int StrideHeight { get; init; } = 192;

    public int StrideWidth { get; init; } = 192;
}
