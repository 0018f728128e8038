namespace Kinema.Engines;

/// <summary>Output tier; the picture keeps its shape and takes the tier's area.</summary>
public enum VideoResolution
{
    /// <summary>The area of 1280×720.</summary>
    Hd720,

    /// <summary>The area of 1920×1080.</summary>
    Hd1080,
}
