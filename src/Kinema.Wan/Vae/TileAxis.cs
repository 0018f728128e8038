namespace Kinema.Wan.Vae;

/// <summary>Tiles along one axis. <see cref="Tiles"/> is in units of the input, the other members in units of the output.</summary>
/// <param name="Tiles">Start and length of each tile.</param>
/// <param name="BlendLength">How far a tile fades into the next.</param>
/// <param name="KeptLength">How much of each tile is kept.</param>
/// <param name="JoinedLength">Length of the whole.</param>
internal sealed record TileAxis(IReadOnlyList<(long Start, long Length)> Tiles, long BlendLength, long KeptLength, long JoinedLength)
{
    /// <summary>One tile that is everything.</summary>
    public static TileAxis Whole(long length) => new([(0, length)], 0, long.MaxValue, long.MaxValue);

    /// <summary>Latents to pixels (or to blocks of <paramref name="patch"/> pixels), as AutoencoderKLWan's tiled_decode cuts them.</summary>
    public static TileAxis Decoding(long length, int tile, int stride, int factor, int patch) => new(
        Cut(length, tile / factor, stride / factor),
        (tile / patch) - (stride / patch),
        stride / patch,
        length * factor / patch);

    /// <summary>Pixels (or blocks of pixels) to latents, as tiled_encode cuts them; <paramref name="factor"/> is what the encoder itself reduces.</summary>
    public static TileAxis Encoding(long length, int tile, int stride, int factor) => new(
        Cut(length, tile, stride),
        (tile / factor) - (stride / factor),
        stride / factor,
        length / factor);

    private static List<(long Start, long Length)> Cut(long length, long tile, long stride)
    {
        var tiles = new List<(long, long)>();
        for (var start = 0L; start < length; start += stride)
            tiles.Add((start, Math.Min(tile, length - start)));
        return tiles;
    }
}
