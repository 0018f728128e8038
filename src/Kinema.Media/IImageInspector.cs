using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Judges a still image by its header, before anything is decoded.</summary>
public interface IImageInspector
{
    ImageInspection Inspect(string path, MediaLimits limits);

    ImageInspection Inspect(ReadOnlyMemory<byte> bytes, MediaLimits limits);
}

/// <param name="Problem">Null when the image is accepted.</param>
/// <param name="Message">One sentence for the caller, naming what came and what is allowed.</param>
/// <param name="Width">After orientation.</param>
/// <param name="Height">After orientation.</param>
/// <param name="HasAlpha">It will be flattened on white.</param>
public sealed record ImageInspection(MediaProblem? Problem, string? Message, string ContentType, int Width, int Height, bool HasAlpha);
