using System.Text;
using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Core.Telemetry;
using Kinema.Engines;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Core.Tests.Admission;

/// <summary>The use case with everything beside it under the test's control.</summary>
internal sealed class AdmissionScene : IWorkerDirectory, IDiskSpaceCheck, IStorageQuota, IMediaAdmission, IInlineContents, ISafetyAdmission, ICallbackAdmission, IRunLedger
{
    public const string WanSlug = "alibaba/wan/v2.7/image-to-video";

    public static readonly Guid Org = Guid.Parse("019e0000-0000-7000-8000-000000000001");

    public List<EngineDescriptor> Engines { get; } = [EngineBindingsTests.Engine("motion", MediaRole.FirstFrame)];

    public ICatalog Catalog { get; set; } = TestCatalog.Both;

    public ModelBindings Bindings { get; set; } = new([], new Dictionary<string, IReadOnlyList<string>>());

    public bool HasFreeSpace { get; set; } = true;

    public string? CallbackRefusal { get; set; }

    public Func<MediaField, MediaAdmission> Media { get; set; } = _ => MediaAdmission.Accepted;

    /// <summary>Inline data that were stored, in hexadecimal.</summary>
    public List<string> Contents { get; } = [];

    public List<(string Digest, bool IsRefused)> Released { get; } = [];

    public AdmitOutcome Outcome { get; set; } = AdmitOutcome.Admitted;

    /// <summary>What the organisation may still store, of 100 bytes; null for any number.</summary>
    public long? FreeBytes { get; set; }

    public Exception? LedgerFailure { get; set; }

    /// <summary>The admissions written to the ledger.</summary>
    public List<NewRun> Stored { get; } = [];

    public AdmissionLimits? Limits { get; private set; }

    public RunMetrics Metrics { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 5, 6, 10, 0, 0, TimeSpan.Zero).AddTicks(12345));

    public Task<CreateRunResult> CreateAsync(string body, string slug = WanSlug) =>
        new CreateRun(
            Catalog,
            this,
            new EngineBindings(new(), Bindings),
            [],
            this,
            this,
            new MediaAdmissions(this, this, Clock),
            this,
            this,
            this,
            Metrics,
            new RunPolicy { TotalDeadlineSeconds = 100, MaxQueued = 7, MaxQueuedPerOrganization = 3 },
            Clock).HandleAsync(
                new() { OrgId = Org, CreatedBy = Org, ModelSlug = slug, RequestId = "req_1", Body = Encoding.UTF8.GetBytes(body) },
                TestContext.Current.CancellationToken);

    public Task<IReadOnlyDictionary<string, EngineDescriptor>> ReadEnginesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, EngineDescriptor>>(Engines.ToDictionary(e => e.Id));

    public Task<MediaAdmission> CheckAsync(Guid orgId, MediaField medium, CancellationToken ct) => Task.FromResult(Media(medium));

    public Task<CreateRunResult?> RefuseAsync(Guid orgId, CheckedMedia admitted, CancellationToken ct) => Task.FromResult<CreateRunResult?>(null);

    public Task<StoredContent> PutAsync(Guid orgId, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var digest = Convert.ToHexStringLower(content.Span);
        Contents.Add(digest);
        return Task.FromResult(new StoredContent(digest, content.Length, ""));
    }

    public Task ReleaseAsync(Guid orgId, string digest, bool isRefused)
    {
        Released.Add((digest, isRefused));
        return Task.CompletedTask;
    }

    public Task<QuotaExceeded?> CheckAsync(Guid orgId, long bytes, CancellationToken ct) =>
        Task.FromResult(FreeBytes is { } free && bytes > free ? new QuotaExceeded(100 - free, 100) : null);

    public string? Refuse(Guid orgId, string callbackUrl) => CallbackRefusal;

    public Task<AdmitOutcome> AdmitAsync(NewRun run, AdmissionLimits limits, CancellationToken ct)
    {
        if (LedgerFailure is { } failure)
            throw failure;

        Limits = limits;
        if (Outcome == AdmitOutcome.Admitted)
            Stored.Add(run);
        return Task.FromResult(Outcome);
    }

    public Task<Run?> FindAsync(Guid orgId, Guid runId, CancellationToken ct) => throw new NotSupportedException();

    public Task<RunPage> ListAsync(Guid orgId, RunListQuery query, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<RunEvent>?> ReadEventsAsync(Guid orgId, Guid runId, long afterSequence, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<CancelResult> CancelAsync(Guid? orgId, Guid runId, string? reason, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<LedgerLine>> ReadLedgerAsync(Guid orgId, Guid runId, CancellationToken ct) => throw new NotSupportedException();

    public Task<QueueDepth> ReadQueueDepthAsync(CancellationToken ct) => throw new NotSupportedException();
}
