using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Inspects the header of a still image without decoding it.</summary>
public interface IImageInspector
{
    ImageInspection Inspect(string path, MediaLimits limits);

    ImageInspection Inspect(ReadOnlyMemory<byte> bytes, MediaLimits limits);
}

/// <param name="Problem">Null if the image is accepted.</param>
/// <param name="Message">One sentence for the caller with the received and the allowed value.</param>
/// <param name="Width">Width after orientation, pixels.</param>
/// <param name="Height">Height after orientation, pixels.</param>
/// <param name="HasAlpha">Whether the image has transparency; the decoder flattens it on white.</param>
public sealed record ImageInspection(MediaProblem? Problem, string? Message, string ContentType, int Width, int Height, bool HasAlpha)
{
    /// <summary>How the image is read, where the caller may expect otherwise: the rest of a sentence that follows the field name. Null for an ordinary image.</summary>
    public string? Note { get; init; }
}
