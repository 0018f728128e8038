namespace Kinema.Media.Images.Colour;

/// <summary>Colour primaries, transfer characteristics and range by number.</summary>
/// <remarks>ITU-T H.273, as PNG keeps it in <c>cICP</c>.</remarks>
internal sealed record Cicp(RgbPrimaries Primaries, int Transfer, bool IsFullRange)
{
    public const int Pq = 16;
    public const int Hlg = 18;

    public bool IsHdr => Transfer is Pq or Hlg;

    /// <returns>Null if the colour is not RGB, unspecified or unknown, so that the next description in the file counts.</returns>
    public static Cicp? Parse(ReadOnlySpan<byte> chunk) =>
        chunk is [var primaries, var transfer, 0, var range] && RgbPrimaries.Find(primaries) is { } found && TransferFunction.IsKnown(transfer)
            ? new(found, transfer, range != 0)
            : null;
}
