namespace Kinema.Engines;

/// <summary>Output resolution. It sets the area; the output keeps the image's aspect ratio.</summary>
public enum VideoResolution
{
    /// <summary>The area of 1280×720.</summary>
    Hd720,

    /// <summary>The area of 1920×1080.</summary>
    Hd1080,

    /// <summary>The area of 832×480.</summary>
    Sd480,
}
