using System.Text.Json.Nodes;
using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Callbacks;
using Kinema.Core.Catalog;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Outbound;
using Kinema.Worker.Assignments;
using Kinema.Worker.Attempts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kinema.Worker.Tests.Support;

/// <summary>The worker's attempt side with everything around it scripted, except what looks at pictures.</summary>
internal sealed class Rig : IDisposable
{
    public const string ImageUrl = "https://pictures.example/cat.png";

    private readonly ServiceProvider _services;
    private readonly string _folder = Directory.CreateTempSubdirectory("kinema-worker-").FullName;

    /// <param name="clock">Null for the real one.</param>
    /// <param name="configure">Replaces services or sets options.</param>
    public Rig(TimeProvider? clock = null, Action<IServiceCollection>? configure = null)
    {
        Artifacts = new(_folder);
        Contents = new(_folder);
        Clock = clock ?? TimeProvider.System;
        Fetcher.Files[ImageUrl] = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "media", "cat-451x300.png"));

        var services = new ServiceCollection().AddLogging().AddKinemaMedia().AddKinemaWorker();
        services.AddSingleton(Clock);
        services.AddSingleton<IWorkerLedger>(Ledger);
        services.AddSingleton<IArtifactStore>(Artifacts);
        services.AddSingleton<IContentStore>(Contents);
        services.AddSingleton<IAssets>(Assets);
        services.AddSingleton<ISignedUrls>(Links);
        services.AddSingleton<IMediaFetcher>(Fetcher);
        services.AddSingleton<IVideoEngine>(Engine);
        services.AddSingleton<IVideoEncoder>(Encoder);
        services.AddSingleton<IFfmpegProbe>(Probe);
        services.AddSingleton<IPosterMaker>(Encoder);
        services.AddSingleton<IStore>(new FakeStore());
        services.AddSingleton<IHostApplicationLifetime>(Lifetime);
        services.AddSingleton<ICatalog>(new ManifestCatalog([Model]));
        services.AddSingleton<IRunMaintenance>(_ => throw new NotSupportedException("This test needs no maintenance."));
        services.AddSingleton<IForgottenMedia>(Keeping).AddSingleton<ITrash>(Keeping).AddSingleton<IStoreLifetime>(Keeping).AddSingleton<IDiskSpaceCheck>(Keeping);
        services.AddSingleton<IWorkerDirectory>(new FakeDirectory());
        services.AddSingleton<ICallbackOutbox>(new FakeOutbox(Clock));
        services.AddSingleton<ICallbackSender>(new FakeSender());
        services.AddSingleton<ICallbackSecrets>(new FakeSecrets());
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public static ModelManifest Model { get; } =
        ManifestReader.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "catalog/alibaba/wan/v2.7/image-to-video.json")), "manifest");

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public TimeProvider Clock { get; }

    public FakeLedger Ledger { get; } = new();

    public FakeArtifacts Artifacts { get; }

    public FakeContents Contents { get; }

    public FakeKeeping Keeping { get; } = new();

    public FakeAssets Assets { get; } = new();

    public FakeLinks Links { get; } = new();

    public FakeFetcher Fetcher { get; } = new();

    public ScriptedEngine Engine { get; } = new();

    public FakeEncoder Encoder { get; } = new();

    public FakeProbe Probe { get; } = new();

    public FakeLifetime Lifetime { get; } = new();

    public Guid OrgId { get; } = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public THosted Hosted<THosted>()
        where THosted : class, IHostedService => ActivatorUtilities.CreateInstance<THosted>(_services);

    /// <summary>A run of two seconds at ten cents a second, just claimed.</summary>
    public ClaimedRun Claim(string imageUrl = ImageUrl, int attemptNumber = 1, IReadOnlyList<RunInput>? inputs = null, JsonObject? input = null)
    {
        var now = Clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        input ??= new() { ["prompt"] = "a cat", ["image_url"] = imageUrl, ["duration"] = 2, ["resolution"] = "720p", ["seed"] = 7 };
        var run = new Run
        {
            Id = id,
            OrgId = OrgId,
            ModelId = Model.Id,
            ModelSlug = Model.Slug,
            ManifestVersion = Model.Version,
            EngineId = "motion",
            Status = RunStatus.Dispatching,
            SourceCode = "api",
            InputJson = input.ToJsonString(),
            EffectiveInputJson = input.ToJsonString(),
            RequestId = "request",
            CreatedAt = now,
            DeadlineAt = now.AddDays(1),
            Held = Money.Parse("0.20"),
        };
        return new(new(id, 3, Guid.Empty), attemptNumber, run, inputs ?? [], null);
    }

    /// <summary>Works on one claim to its end and returns what the ledger was told; null when it was told nothing.</summary>
    public async Task<AttemptOutcome?> RunAsync(ClaimedRun? claim = null)
    {
        claim ??= Claim();
        await Get<RunAttempt>().HandleAsync(Get<LocalAssignments>().Create(claim), new LiveAttempt(claim.Attempt, Clock));
        return Ledger.Outcomes.LastOrDefault().Outcome;
    }

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
