namespace Kinema.Media.Images.Colour;

/// <summary>The meaning of stored pixels that Skia cannot convert to sRGB itself.</summary>
internal interface ISourceColour
{
    /// <summary>What the caller should know, as the rest of a sentence; null if the conversion loses nothing.</summary>
    string? Note { get; }

    IPixelConversion CreateConversion();
}

/// <summary>Converts stored pixels to sRGB. Tables are made once and serve all pixels.</summary>
internal interface IPixelConversion
{
    /// <param name="red">Stored value from 0 to 1.</param>
    /// <param name="green">Stored value from 0 to 1.</param>
    /// <param name="blue">Stored value from 0 to 1.</param>
    (byte Red, byte Green, byte Blue) Convert(Half red, Half green, Half blue);
}
