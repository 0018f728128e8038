using Kinema.Engines;
using Kinema.Media;
using Kinema.Outbound;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kinema.Fleets.Tests;

/// <summary>A fleet of fakes behind the real guard and the real pictures.</summary>
internal sealed class FleetRig : IAsyncDisposable, IHostApplicationLifetime
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServiceProvider _services;

    private FleetRig(IReadOnlyList<FakeServer> fakes, FleetOptions fleet)
    {
        Fakes = fakes;
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IHostApplicationLifetime>(this);
        services.Configure<OutboundOptions>(options => options.Operator.Allow.Add("127.0.0.0/8"));
        _services = services.AddKinemaMedia().AddKinemaOutbound().AddFleets([fleet]).BuildServiceProvider();
    }

    public IReadOnlyList<FakeServer> Fakes { get; }

    public FakeServer Fake => Fakes[0];

    public FleetEngine Engine => _services.GetServices<FleetEngine>().Single();

    public IHostedService Health => _services.GetServices<IHostedService>().Single();

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<FleetRig> StartAsync(string dialect, int servers = 1, Func<FleetOptions, FleetOptions>? configure = null, params string[] fakeArguments)
    {
        List<FakeServer> fakes = [];
        for (var i = 0; i < servers; i++)
            fakes.Add(await FakeServer.StartAsync(dialect, fakeArguments));
        var fleet = new FleetOptions { Name = "gpus", Dialect = FleetDialects.Find(dialect)!.Value, Endpoints = [.. fakes.Select(fake => fake.Url)], PollSeconds = 0.1, Steps = 4 };
        return new(fakes, configure?.Invoke(fleet) ?? fleet);
    }

    public static VideoRequest Request(string key = "run-1", string? checkpoint = null, params MediaRole[] roles)
    {
        var picture = new MediaInput { Path = Samples.Photograph("cat"), Digest = "", ContentType = "image/png", SizeBytes = 1, Width = 451, Height = 300 };
        IReadOnlyList<MediaRole> given = roles.Length == 0 ? [MediaRole.FirstFrame] : roles;
        return new()
        {
            Key = key,
            Prompt = "a cat",
            NegativePrompt = "rain",
            Resolution = VideoResolution.Sd480,
            DurationSeconds = 1,
            Seed = 7,
            Roles = given,
            Media = given.ToDictionary(role => role, _ => picture),
            Checkpoint = checkpoint,
        };
    }

    /// <summary>Runs the engine to its end, and reads the video as the worker does: while the engine waits.</summary>
    public async Task<(byte[] Video, IReadOnlyList<EngineEvent> Events)> RunAsync(VideoRequest request, CancellationToken? cancel = null)
    {
        var (video, events) = (Array.Empty<byte>(), new List<EngineEvent>());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct, cancel ?? CancellationToken.None);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await foreach (var one in Engine.GenerateAsync(request, limit.Token))
        {
            events.Add(one);
            if (one is EngineEvent.VideoContent content)
            {
                await using var stream = await content.OpenAsync(limit.Token);
                using var copy = new MemoryStream();
                await stream.CopyToAsync(copy, limit.Token);
                video = copy.ToArray();
            }
        }

        return (video, events);
    }

    public void StopApplication() => _stopping.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        foreach (var fake in Fakes)
            await fake.DisposeAsync();
        _stopping.Dispose();
    }
}
