using Kinema.Engines;

namespace Kinema.Motion.Sheets;

/// <summary>Renders a contact sheet: for each video, a filmstrip of evenly spaced frames from the first to the last.</summary>
public interface IContactSheetRenderer
{
    /// <summary>Renders every video of the sheet at its full size and keeps the selected frames.</summary>
    /// <param name="rows">The videos, from the top.</param>
    /// <param name="frames">Frames of each, at least 2.</param>
    /// <param name="thumbnailWidth">Width of a frame on the sheet, pixels.</param>
    /// <param name="progress">Reports each finished row.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <returns>A JPEG.</returns>
    /// <exception cref="EngineException">A video cannot be rendered.</exception>
    Task<byte[]> RenderAsync(IReadOnlyList<ContactSheetRow> rows, int frames, int thumbnailWidth, IProgress<ContactSheetRow> progress, CancellationToken ct);
}
