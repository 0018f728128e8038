using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Sample.Engine;

/// <summary>Fades from black to white in the shape of the picture. A small engine that keeps the whole contract.</summary>
internal sealed class FadeEngine : IVideoEngine
{
    private const int FramesPerSecond = 24;

    public EngineDescriptor Descriptor { get; } = new()
    {
        Id = "fade",
        Version = "1",
        DisplayName = "Fade",
        MediaRoles = [MediaRole.FirstFrame],
        Resolutions = [VideoResolution.Hd720, VideoResolution.Hd1080],
        MinDurationSeconds = 2,
        MaxDurationSeconds = 15,
    };

    public EngineSupport CheckSupport(VideoRequest request) => EngineSupport.FromDescriptor(Descriptor, request);

    public async IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var picture = request.FirstFrame!;
        var (width, height) = VideoFormat.FitArea(picture.Width!.Value, picture.Height!.Value, request.Resolution);
        var format = new VideoFormat(width, height, FramesPerSecond, request.DurationSeconds * FramesPerSecond);
        yield return new EngineEvent.Started(format, new JsonObject { ["curve"] = "linear" });

        var frame = new byte[format.FrameBytes];
        Array.Fill(frame, (byte)128); // the two planes of colour stay grey
        for (var index = 0; index < format.FrameCount; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield(); // a real engine awaits its work here
            Array.Fill(frame, (byte)(16 + (219 * index / format.FrameCount)), 0, width * height); // 16 is black, 235 is white
            yield return new EngineEvent.Frame(index, frame); // read before the loop goes on: one buffer is enough
        }
    }
}
