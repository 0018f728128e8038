using System.Text.Json.Nodes;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

/// <summary>Tests that every store must pass. A provider derives from this class and only creates its store.</summary>
public abstract partial class LedgerConformance : IAsyncLifetime
{
    protected const string Engine = "motion";
    protected static readonly AdmissionLimits NoLimits = new(1_000_000, 1_000_000);
    private static readonly RunFailure _broken = new(FailureCodes.EngineFailed, "It broke.", FailureStages.Inference);

    protected TestStore Store { get; private set; } = null!;

    protected Organization Acme { get; private set; } = null!;

    protected Organization Globex { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected IRunLedger Runs => Store.Get<IRunLedger>();

    protected IWorkerLedger Worker => Store.Get<IWorkerLedger>();

    protected IRunMaintenance Maintenance => Store.Get<IRunMaintenance>();

    protected ICallbackOutbox Outbox => Store.Get<ICallbackOutbox>();

    protected ICallbackSecrets Secrets => Store.Get<ICallbackSecrets>();

    protected IApiKeys Keys => Store.Get<IApiKeys>();

    protected Guid WorkerId { get; } = Guid.CreateVersion7();

    protected Guid InstanceId => Store.Get<Core.Storage.IStore>().InstanceId;

    public async ValueTask InitializeAsync()
    {
        Store = await CreateStore().OpenAsync();
        Acme = await Store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        Globex = await Store.Get<IOrganizations>().CreateAsync("Globex", Ct);
    }

    public ValueTask DisposeAsync()
    {
        Store.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected abstract TestStore CreateStore();

    protected Run NewRun(
        Organization? org = null, string? callbackUrl = null, string engine = Engine, DateTimeOffset? createdAt = null, string? clientRef = null)
    {
        var now = createdAt ?? Store.Clock.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            OrgId = (org ?? Acme).Id,
            ModelId = Guid.Parse("0196142f-6c00-7000-8000-000000000001"),
            ModelSlug = "alibaba/wan/v2.7/image-to-video",
            ManifestVersion = 3,
            EngineId = engine,
            Status = RunStatus.Queued,
            SourceCode = "api",
            InputJson = """{"prompt":"a cat","duration":5}""",
            EffectiveInputJson = """{"prompt":"a cat","duration":5,"seed":7}""",
            MetadataJson = """{ "order" : 42.10 }""",
            ClientRef = clientRef,
            CallbackUrl = callbackUrl,
            RequestId = "req_1",
            CreatedBy = Guid.CreateVersion7(now),
            CreatedAt = now,
            DeadlineAt = now.AddSeconds(Store.Policy.TotalDeadlineSeconds),
            Held = Money.Parse("0.50"),
        };
    }

    protected async Task<Run> AdmitAsync(Run run)
    {
        (await Runs.AdmitAsync(new(run, [], []), NoLimits, Ct)).ShouldBe(AdmitOutcome.Admitted);
        return run;
    }

    protected Task<Run> AdmitAsync(Organization? org = null, string? callbackUrl = null) => AdmitAsync(NewRun(org, callbackUrl));

    protected Task<ClaimedRun?> TryClaimAsync(params string[] engines) =>
        Worker.ClaimAsync(new(WorkerId, InstanceId, engines.Length == 0 ? [Engine] : engines), Ct);

    protected async Task<ClaimedRun> ClaimAsync() => (await TryClaimAsync()).ShouldNotBeNull();

    protected async Task<Run> ReadAsync(Run run) => (await Runs.FindAsync(run.OrgId, run.Id, Ct)).ShouldNotBeNull();

    protected async Task<IReadOnlyList<string>> StatusesAsync(Run run) =>
        [.. (await Runs.ReadEventsAsync(run.OrgId, run.Id, 0, 1000, Ct)).ShouldNotBeNull()
            .Where(e => e.Type == RunEvents.StatusType)
            .Select(e => (string)JsonNode.Parse(e.DataJson)!["status_code"]!)];

    protected async Task<IReadOnlyList<string>> LedgerAsync(Run run) =>
        [.. (await Runs.ReadLedgerAsync(run.OrgId, run.Id, Ct)).Select(l => $"{l.Kind} {l.Amount.Micros}")];

    protected static AttemptOutcome.Succeeded Success(AttemptRef attempt, string cost = "0.50") => new(
        new()
        {
            Artifacts =
            [
                new()
                {
                    Key = $"{attempt.RunId}/{attempt.Fence}/video.mp4",
                    Role = "video",
                    ContentType = "video/mp4",
                    SizeBytes = 1234,
                    Digest = new string('a', 64),
                    Width = 1920,
                    Height = 1080,
                    DurationSeconds = 5,
                    FramesPerSecond = 30,
                    FrameCount = 150,
                    HasAudio = false,
                },
            ],
            Seed = 7,
            ModelData = new() { ["engine"] = "motion" },
            Timing = new(1, 2, 3, 4, 5, 15),
        },
        Money.Parse(cost));

    protected void Pass(double seconds) => Store.Clock.Advance(TimeSpan.FromSeconds(seconds));
}
