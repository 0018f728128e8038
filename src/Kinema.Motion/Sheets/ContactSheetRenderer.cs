using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Sheets;

internal sealed class ContactSheetRenderer(MotionEngine engine) : IContactSheetRenderer
{
    public async Task<byte[]> RenderAsync(
        IReadOnlyList<ContactSheetRow> rows, int frames, int thumbnailWidth, IProgress<ContactSheetRow> progress, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        List<Filmstrip> filmstrips = [];
        try
        {
            foreach (var row in rows)
            {
                var filmstrip = new Filmstrip(row.Title);
                filmstrips.Add(filmstrip);
                await FillAsync(filmstrip, row.Request, frames, thumbnailWidth, ct).ConfigureAwait(false);
                progress.Report(row);
            }

            using var page = ContactSheetLayout.Arrange(filmstrips);
            return page.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, 90));
        }
        finally
        {
            filmstrips.ForEach(filmstrip => filmstrip.Dispose());
        }
    }

    private async Task FillAsync(Filmstrip filmstrip, VideoRequest request, int frames, int thumbnailWidth, CancellationToken ct)
    {
        VideoFormat? format = null;
        await foreach (var engineEvent in engine.GenerateAsync(request, ct).ConfigureAwait(false))
        {
            if (engineEvent is EngineEvent.Started started)
                format = started.Format;
            if (engineEvent is EngineEvent.Frame frame && frame.Index == FrameIndexAt(filmstrip.Frames.Count, frames, format!.FrameCount))
                filmstrip.Frames.Add(Thumbnail.Of(frame.Pixels.Span, format, thumbnailWidth));
        }
    }

    private static int FrameIndexAt(int position, int count, int frameCount) => (int)Math.Round((double)position * (frameCount - 1) / (count - 1));
}
