namespace Kinema.Media.Images.Structure;

/// <summary>Chunk types of PNG as the numbers that their four letters are.</summary>
internal static class PngChunk
{
    public const uint Header = 0x49484452; // IHDR
    public const uint Pixels = 0x49444154; // IDAT
    public const uint End = 0x49454E44; // IEND
    public const uint Exif = 0x65584966; // eXIf
    public const uint AnimationControl = 0x6163544C; // acTL
    public const uint CodingIndependentCodePoints = 0x63494350; // cICP
    public const uint IccProfile = 0x69434350; // iCCP
}
