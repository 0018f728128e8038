namespace Kinema.Motion.Rendering;

/// <summary>The warped planes of one cell of a layer, before blending.</summary>
internal readonly unsafe struct CellBuffers(byte* memory)
{
    private const int Luma16 = CoordinateMesh.Spacing * CoordinateMesh.Spacing;
    private const int Chroma8 = Luma16 / 4;

    public const int Bytes = (2 * Luma16) + (3 * Chroma8);

    public byte* Luma => memory;

    public byte* Matte => memory + Luma16;

    public byte* Cb => memory + (2 * Luma16);

    public byte* Cr => memory + (2 * Luma16) + Chroma8;

    public byte* ChromaMatte => memory + (2 * Luma16) + (2 * Chroma8);
}
