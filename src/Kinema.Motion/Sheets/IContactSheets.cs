using Kinema.Engines;

namespace Kinema.Motion.Sheets;

/// <summary>Shows what the engine makes on one page: a strip of frames, evenly spread from the first to the last, for each video.</summary>
public interface IContactSheets
{
    /// <summary>Makes every video of the sheet at its full size and keeps the frames that are shown.</summary>
    /// <param name="rows">The videos, from the top.</param>
    /// <param name="frames">Frames of each, at least 2.</param>
    /// <param name="thumbnailWidth">Width of a frame on the sheet, pixels.</param>
    /// <param name="made">Told after each row.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>A JPEG.</returns>
    /// <exception cref="EngineException">A video cannot be made.</exception>
    Task<byte[]> MakeAsync(IReadOnlyList<SheetRow> rows, int frames, int thumbnailWidth, IProgress<SheetRow> made, CancellationToken ct);
}
