namespace Kinema.Media.Images.Colour;

/// <summary>Colour said by code points: of any gamut, of standard or high dynamic range.</summary>
internal sealed class CicpColour(Cicp cicp) : ISourceColour
{
    public string? Note => cicp.IsHdr
        ? $"is an HDR picture ({(cicp.Transfer == Cicp.Pq ? "PQ" : "HLG")}); it was tone-mapped to SDR with reference white at level 250"
        : null;

    public IPixelConversion CreateConversion() => new CicpConversion(cicp);
}
