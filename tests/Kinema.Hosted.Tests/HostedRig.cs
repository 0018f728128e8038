using System.Security.Cryptography;
using Kinema.Core.Artifacts;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Core.Upstream;
using Kinema.Engines;
using Kinema.Hosted.DashScope.Tasks;
using Kinema.Outbound;
using Kinema.Storage;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kinema.Hosted.Tests;

/// <summary>The engine over a real store, the real guard and a fake provider. It can be stopped and started like a process.</summary>
internal sealed class HostedRig : IAsyncDisposable
{
    public const string Key = "sk-secret0123456789";
    public const string Submit = "POST /api/v1/services/aigc/video-generation/video-synthesis";

    private readonly TemporaryFolder _folder = new();
    private readonly Action<HostedOptions>? _configure;
    private ServiceProvider _services = null!;
    private int _files;

    private HostedRig(FakeServer fake, Action<HostedOptions>? configure)
    {
        Fake = fake;
        _configure = configure;
    }

    public FakeServer Fake { get; }

    public IVideoEngine Engine => _services.GetRequiredService<IVideoEngine>();

    public IUpstreamTasks Tasks => _services.GetRequiredService<IUpstreamTasks>();

    public IEngineProbe Probe => _services.GetRequiredService<IEngineProbe>();

    public IHostedService Watcher => _services.GetServices<IHostedService>().Single();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<HostedRig> StartAsync(Action<HostedOptions>? configure = null, params string[] fakeArguments)
    {
        var rig = new HostedRig(await FakeServer.StartAsync("dashscope", fakeArguments), configure);
        await rig.StartAsync();
        return rig;
    }

    /// <summary>As if the process had been killed and started again.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        await StartAsync();
    }

    public VideoRequest Request(params MediaRole[] roles) => new()
    {
        Key = "run-1",
        Organization = "acme",
        Prompt = "a cat",
        Resolution = VideoResolution.Hd720,
        DurationSeconds = 5,
        Seed = 7,
        Roles = roles.Length == 0 ? [MediaRole.FirstFrame] : roles,
        Media = (roles.Length == 0 ? [MediaRole.FirstFrame] : roles).ToDictionary(role => role, Media),
    };

    public MediaInput Media(MediaRole role) => File(role, System.Text.Encoding.ASCII.GetBytes($"the {role}"));

    public MediaInput File(MediaRole role, byte[] bytes)
    {
        var path = _folder.File($"{role}-{Interlocked.Increment(ref _files)}");
        System.IO.File.WriteAllBytes(path, bytes);
        return new()
        {
            Path = path,
            Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            SizeBytes = bytes.Length,
            ContentType = role switch { MediaRole.InputVideo => "video/mp4", MediaRole.Audio => "audio/mpeg", _ => "image/png" },
        };
    }

    /// <summary>Runs the engine as the worker does: a busy engine's run comes back, with the last checkpoint.</summary>
    public async Task<IReadOnlyList<EngineEvent>> RunAsync(VideoRequest request)
    {
        var events = new List<EngineEvent>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await foreach (var one in Engine.GenerateAsync(request, limit.Token))
                    events.Add(one);
                return events;
            }
            catch (EngineBusyException e)
            {
                request = request with { Checkpoint = events.OfType<EngineEvent.Checkpoint>().LastOrDefault()?.State ?? request.Checkpoint };
                await Task.Delay(e.RetryAfter < TimeSpan.FromSeconds(1) ? e.RetryAfter : TimeSpan.FromMilliseconds(300), limit.Token);
            }
        }
    }

    public async Task<Uri> VideoOfAsync(VideoRequest request) => (await RunAsync(request))[^1].ShouldBeOfType<EngineEvent.RemoteVideo>().Location;

    public async Task<EngineException> FailureOfAsync(VideoRequest request) => await Should.ThrowAsync<EngineException>(RunAsync(request));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Fake.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<ICallbackComposer, NoCallbacks>();
        services.AddSingleton<ISignedUrls, NoLinks>();
        services.AddSingleton<IImageReader, GreyImages>();
        services.AddOptions<RunPolicy>();
        services.Configure<StorageOptions>(options => options.Path = _folder.File("data"));
        services.Configure<OutboundOptions>(options => options.Operator.Allow.Add("127.0.0.0/8"));
        services.Configure<HostedOptions>(options =>
        {
            options.DashScope.BaseUrl = Fake.Url;
            options.DashScope.ApiKey = Key;
            options.DashScope.PollSeconds = 0.1;
            options.DashScope.SubmitsPerSecond = 100;
            _configure?.Invoke(options);
        });
        _services = services.AddKinemaStorage().AddKinemaOutbound().AddDashScope().AddSingleton(new LostAnswer { Margin = TimeSpan.FromSeconds(0.8) }).BuildServiceProvider();
        await _services.GetRequiredService<IStore>().OpenAsync(StoreRole.Server, Ct);
    }

    private sealed class NoCallbacks : ICallbackComposer
    {
        public byte[] Compose(Run run) => throw new InvalidOperationException("No run of this test has a callback.");
    }

    /// <summary>Everything is 300×300, with rising greys.</summary>
    private sealed class GreyImages : IImageReader
    {
        public RgbImage Read(MediaInput input, CancellationToken cancellationToken) => new(300, 300, Enumerable.Range(0, 300 * 300 * 3).Select(i => (byte)(i / 900)).ToArray());
    }

    private sealed class NoLinks : ISignedUrls
    {
        public Uri ForArtifact(Guid orgId, string key) => throw new NotSupportedException();

        public Uri ForAsset(Guid orgId, Guid assetId) => throw new NotSupportedException();

        public Uri ForUpload(Guid orgId, Guid assetId) => throw new NotSupportedException();

        public SignedTarget Resolve(Uri url) => url.Host == "kinema.example.com" ? new SignedTarget.Refused() : new SignedTarget.None();
    }
}
