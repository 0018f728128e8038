using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Sheets;

internal sealed class ContactSheets(MotionEngine engine) : IContactSheets
{
    public async Task<byte[]> MakeAsync(IReadOnlyList<SheetRow> rows, int frames, int thumbnailWidth, IProgress<SheetRow> made, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        List<Strip> strips = [];
        try
        {
            foreach (var row in rows)
            {
                var strip = new Strip(row.Title);
                strips.Add(strip);
                await FillAsync(strip, row.Request, frames, thumbnailWidth, ct).ConfigureAwait(false);
                made.Report(row);
            }

            using var page = SheetLayout.Arrange(strips);
            return page.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, 90));
        }
        finally
        {
            strips.ForEach(strip => strip.Dispose());
        }
    }

    private async Task FillAsync(Strip strip, VideoRequest request, int frames, int thumbnailWidth, CancellationToken ct)
    {
        VideoFormat? format = null;
        await foreach (var happening in engine.GenerateAsync(request, ct).ConfigureAwait(false))
        {
            if (happening is EngineEvent.Started started)
                format = started.Format;
            if (happening is EngineEvent.Frame frame && frame.Index == Shown(strip.Frames.Count, frames, format!.FrameCount))
                strip.Frames.Add(Thumbnail.Of(frame.Pixels.Span, format, thumbnailWidth));
        }
    }

    private static int Shown(int place, int places, int frameCount) => (int)Math.Round((double)place * (frameCount - 1) / (places - 1));
}
