namespace Kinema.Wan.Images;

/// <summary>Width and height in pixels.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct ImageSize(int Width, int Height);
