using System.Text.Json;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Wan.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Wan.Worker.Tests.Engine;

/// <summary>An engine of a small checkpoint, and requests for it.</summary>
internal sealed class EngineRun : IAsyncDisposable
{
    private readonly TinyCheckpoint _checkpoint;
    private readonly ServiceProvider _services;

    public EngineRun(string name, Func<WanEngineOptions, WanEngineOptions>? change = null)
    {
        _checkpoint = new(name);
        var options = change is null ? _checkpoint.EngineOptions : change(_checkpoint.EngineOptions);
        _services = new ServiceCollection().AddLogging().AddKinemaMedia().AddWanEngines([options]).BuildServiceProvider();
    }

    public IVideoEngine Engine => _services.GetRequiredService<IVideoEngine>();

    /// <summary>A request with every medium that the family needs.</summary>
    public VideoRequest Request(params (string Name, object Value)[] settings) => RequestFor(Engine, settings);

    public static VideoRequest RequestFor(IVideoEngine engine, params (string Name, object Value)[] settings)
    {
        var roles = engine.Descriptor.MediaCombinations![0];
        var picture = new MediaInput { Path = TinyCheckpoint.Picture, Digest = "", ContentType = "image/jpeg", SizeBytes = 1 };
        return new()
        {
            Prompt = "the cat walks",
            NegativePrompt = "blurred",
            Resolution = VideoResolution.Hd720,
            DurationSeconds = 1,
            Seed = 7,
            Roles = roles,
            Media = roles.ToDictionary(role => role, _ => picture),
            Settings = settings.Append(("num_inference_steps", 3)).Append(("num_frames", 5)).DistinctBy(setting => setting.Item1)
                .ToDictionary(setting => setting.Item1, setting => JsonSerializer.SerializeToElement(setting.Item2)),
        };
    }

    public async Task<List<EngineEvent>> RunAsync(VideoRequest request)
    {
        var events = new List<EngineEvent>();
        await foreach (var made in Engine.GenerateAsync(request, TestContext.Current.CancellationToken))
            events.Add(made is EngineEvent.Frame frame ? frame with { Pixels = frame.Pixels.ToArray() } : made);
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _checkpoint.Dispose();
    }
}
