using Kinema.Media.Images.Colour;
using SkiaSharp;

namespace Kinema.Media.Images.Structure;

/// <summary>
/// What a picture's own structure says where Skia is silent or differs: the one reading of orientation, colour, animation and unused alpha that inspection and
/// decoding share.
/// </summary>
/// <remarks>The readers trust no stated length: each is checked against the file before anything is read, and what is kept is bounded.</remarks>
internal sealed record ImageStructure
{
    /// <summary>As EXIF says in any container; <see cref="SKEncodedOrigin.TopLeft"/> if it does not.</summary>
    public SKEncodedOrigin Origin { get; init; } = SKEncodedOrigin.TopLeft;

    /// <summary>More than one frame by the container's own count.</summary>
    public bool IsAnimated { get; init; }

    /// <summary>The meaning of the pixels where Skia would mistake it; null to let Skia convert by ICC profile, sRGB, gAMA and cHRM.</summary>
    public ISourceColour? Colour { get; init; }

    /// <summary>An alpha channel that is 0 in every pixel: it was never filled in.</summary>
    public bool IsAlphaUnused { get; init; }

    /// <summary>Length of all that stands before the pixels; 0 if it is not known.</summary>
    public long HeaderBytes { get; init; }

    /// <summary>What the caller should know about how the picture is read, as the rest of a sentence; null for an ordinary picture.</summary>
    public string? Note => IsAlphaUnused ? "has an alpha channel that is 0 everywhere; it was taken as opaque" : Colour?.Note;

    public static ImageStructure Read(BoundedReader file, string contentType) => contentType switch
    {
        "image/png" => PngStructure.Read(file),
        "image/jpeg" => JpegStructure.Read(file),
        "image/webp" => WebpStructure.Read(file),
        "image/bmp" => new() { IsAlphaUnused = BmpAlpha.IsUnused(file) },
        _ => new(),
    };
}
