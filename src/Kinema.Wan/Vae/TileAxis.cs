namespace Kinema.Wan.Vae;

/// <summary>Tiles along one axis. <see cref="Tiles"/> is in units of the input, the other members in units of the output.</summary>
/// <param name="Tiles">Start and length of each tile.</param>
/// <param name="BlendLength">Length over which a tile fades into the next.</param>
/// <param name="KeptLength">Length to keep of each tile.</param>
/// <param name="JoinedLength">Length of the joined output.</param>
internal sealed record TileAxis(IReadOnlyList<(long Start, long Length)> Tiles, long BlendLength, long KeptLength, long JoinedLength)
{
    /// <summary>Returns one tile that covers everything.</summary>
    public static TileAxis Whole(long length) => new([(0, length)], 0, long.MaxValue, long.MaxValue);

    /// <summary>Tiles from latents to pixels (or to patches of <paramref name="patch"/> pixels), as in AutoencoderKLWan's tiled_decode.</summary>
    public static TileAxis Decoding(long length, int tile, int stride, int factor, int patch) => new(
        Cut(length, tile / factor, stride / factor),
        (tile / patch) - (stride / patch),
        stride / patch,
        length * factor / patch);

    /// <summary>Tiles from pixels (or patches of pixels) to latents, as in tiled_encode; <paramref name="factor"/> is the encoder's own reduction.</summary>
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
