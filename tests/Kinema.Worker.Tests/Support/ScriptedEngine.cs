using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Worker.Tests.Support;

/// <summary>Does what the test says; by default it yields every frame at once.</summary>
internal sealed class ScriptedEngine : IVideoEngine
{
    public static VideoFormat Format { get; } = new(16, 16, 10, 20);

    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _loading = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<VideoRequest, CancellationToken, IAsyncEnumerable<EngineEvent>> Script { get; set; } = (_, _) => AllFrames(Format);

    public EngineSupport Support { get; set; } = EngineSupport.Supported;

    public VideoRequest? Asked { get; private set; }

    /// <summary>Ends when the engine has been asked to generate.</summary>
    public Task Began => _began.Task;

    /// <summary>Ends when the worker has taken the first event of loading.</summary>
    public Task Loading => _loading.Task;

    public EngineDescriptor Descriptor { get; } = new()
    {
        Id = "motion",
        Version = "1.2.3",
        DisplayName = "Scripted",
        MediaRoles = [MediaRole.FirstFrame],
        Resolutions = [VideoResolution.Hd720, VideoResolution.Hd1080],
        MinDurationSeconds = 1,
        MaxDurationSeconds = 60,
    };

    public EngineSupport CheckSupport(VideoRequest request) => Support;

    public IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        Asked = request;
        _began.TrySetResult();
        return Script(request, cancellationToken);
    }

    public static async IAsyncEnumerable<EngineEvent> AllFrames(VideoFormat format, Action? beforeEach = null)
    {
        yield return new EngineEvent.Started(format, new JsonObject { ["zoom"] = 1.1, ["engine"] = "somebody else" });
        foreach (var frame in Frames(format, beforeEach))
            yield return frame;
        await Task.CompletedTask;
    }

    public static IEnumerable<EngineEvent.Frame> Frames(VideoFormat format, Action? beforeEach = null)
    {
        for (var index = 0; index < format.FrameCount; index++)
        {
            beforeEach?.Invoke();
            var pixels = new byte[format.FrameBytes];
            Array.Fill(pixels, (byte)index);
            yield return new(index, pixels);
        }
    }

    /// <summary>Loads weights until the task ends, then yields every frame.</summary>
    public async IAsyncEnumerable<EngineEvent> AfterLoading(Task loaded, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return new EngineEvent.Progress(EngineEvent.Progress.Loading, 0, 100);
        _loading.TrySetResult();
        await loaded.WaitAsync(ct);
        await foreach (var made in AllFrames(Format))
            yield return made;
    }

    /// <summary>Starts and then waits until it is stopped.</summary>
    public static async IAsyncEnumerable<EngineEvent> UntilStopped([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return new EngineEvent.Started(Format, []);
        await Task.Delay(Timeout.Infinite, ct);
    }

    /// <summary>Starts and then neither works nor looks at its token.</summary>
    public static async IAsyncEnumerable<EngineEvent> Stuck()
    {
        yield return new EngineEvent.Started(Format, []);
        await new TaskCompletionSource().Task;
    }
}
