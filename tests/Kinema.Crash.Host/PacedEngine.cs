using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Crash.Host;

/// <summary>Generates small grey frames at a fixed rate.</summary>
internal sealed class PacedEngine(KillSwitch killSwitch, TimeSpan perFrame) : IVideoEngine
{
    private const int FramesPerSecond = 10;

    public EngineDescriptor Descriptor { get; } = new()
    {
        Id = "motion",
        Version = "paced",
        DisplayName = "Paced test engine",
        MediaRoles = [MediaRole.FirstFrame],
        Resolutions = [VideoResolution.Hd720, VideoResolution.Hd1080],
        MinDurationSeconds = 1,
        MaxDurationSeconds = 60,
    };

    public EngineSupport CheckSupport(VideoRequest request) => EngineSupport.FromDescriptor(Descriptor, request);

    public async IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var format = new VideoFormat(128, 72, FramesPerSecond, request.DurationSeconds * FramesPerSecond);
        yield return new EngineEvent.Started(format, new JsonObject { ["paced"] = true });

        var pixels = new byte[format.FrameBytes];
        for (var index = 0; index < format.FrameCount; index++)
        {
            await Task.Delay(perFrame, cancellationToken);
            if (index == format.FrameCount / 2)
                killSwitch.Reached(KillPoints.MidFrame);

            Array.Fill(pixels, (byte)(60 + (index * 3)));
            yield return new EngineEvent.Frame(index, pixels);
        }
    }
}
