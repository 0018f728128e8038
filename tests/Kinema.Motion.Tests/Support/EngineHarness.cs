using Kinema.Engines;
using Kinema.Media;
using Kinema.Motion.Shots;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Motion.Tests.Support;

/// <summary>The engine with the real reader and encoder, and the sample photographs.</summary>
public sealed class EngineHarness : IDisposable
{
    public static IReadOnlyList<string> Samples { get; } =
        ["astronaut-512x512.png", "cat-451x300.png", "coffee-600x400.png", "raccoon-1024x768.jpg", "rocket-640x427.jpg"];

    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddKinemaMedia().AddMotionEngine().BuildServiceProvider();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kinema-motion-");

    public IVideoEngine Engine => _services.GetRequiredService<IVideoEngine>();

    internal IReadOnlyList<IShotFactory> ShotFactories => [.. _services.GetServices<IShotFactory>()];

    public IVideoEncoder Encoder => _services.GetRequiredService<IVideoEncoder>();

    public IImageReader Reader => _services.GetRequiredService<IImageReader>();

    public static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "samples", name);

    public string NewFile(string name) => Path.Combine(_folder.FullName, name);

    public static VideoRequest Request(string picture, string? prompt, int seconds = 2, VideoResolution resolution = VideoResolution.Hd720) => new()
    {
        Prompt = prompt,
        Resolution = resolution,
        DurationSeconds = seconds,
        Seed = 1,
        Roles = [MediaRole.FirstFrame],
        Media = new Dictionary<MediaRole, MediaInput> { [MediaRole.FirstFrame] = Input(picture) },
    };

    public static MediaInput Input(string picture) => new() { Path = picture, Digest = "", ContentType = "", SizeBytes = 0 };

    public async Task<EngineEvent.Started> RenderAsync(VideoRequest request, Action<EngineEvent.Frame, VideoFormat> onFrame)
    {
        EngineEvent.Started? started = null;
        await foreach (var engineEvent in Engine.GenerateAsync(request, TestContext.Current.CancellationToken))
        {
            if (engineEvent is EngineEvent.Started first)
                started = first;
            if (engineEvent is EngineEvent.Frame frame)
                onFrame(frame, started!.Format);
        }

        return started!;
    }

    public async Task<EngineEvent.Started> EncodeAsync(VideoRequest request, string output, Action? eachFrame = null)
    {
        var ct = TestContext.Current.CancellationToken;
        EngineEvent.Started? started = null;
        IVideoEncoding? encoding = null;
        await foreach (var engineEvent in Engine.GenerateAsync(request, ct))
        {
            if (engineEvent is EngineEvent.Started first)
                encoding = Encoder.Start((started = first).Format, output, new Dictionary<string, string> { ["kinema.engine"] = "motion" });
            if (engineEvent is not EngineEvent.Frame frame)
                continue;
            await encoding!.WriteAsync(frame.Pixels, ct);
            eachFrame?.Invoke();
        }

        await using (encoding)
            await encoding!.FinishAsync(ct);
        return started!;
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Delete(recursive: true);
    }
}
