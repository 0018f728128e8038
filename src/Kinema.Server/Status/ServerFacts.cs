using Kinema.Core.Runs;
using Kinema.Outbound;
using Kinema.Playground.Settings.Server;
using Kinema.Server.Configuration;
using Kinema.Server.Requests;
using Kinema.Storage;
using Kinema.Worker;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Status;

/// <summary>The settings and the state that an organization may know.</summary>
internal sealed class ServerFacts(
    IOptions<ServerOptions> server,
    IOptions<StorageOptions> storage,
    IOptions<UrlOptions> urls,
    IOptions<RunPolicy> runs,
    IOptions<RetentionOptions> retention,
    IOptions<CallbackOptions> callbacks,
    IOptions<OutboundOptions> outbound,
    IEnumerable<IReadinessCheck> checks) : IServerFacts
{
    public long? BytesAllowed => storage.Value.MaxBytesPerOrganization is > 0 and var bytes ? bytes : null;

    public IReadOnlyList<LimitGroup> Limits =>
    [
        new("Requests",
        [
            new("Requests of your organization", PerMinute(server.Value.RequestsPerMinute), "Server:RequestsPerMinute"),
            new("Requests without a key from one network", PerMinute(server.Value.AnonymousRequestsPerMinute), "Server:AnonymousRequestsPerMinute"),
            new("Open event streams", LimitText.Count(server.Value.MaxEventStreamsPerOrganization), "Server:MaxEventStreamsPerOrganization"),
            new("Body of a create, with inline media", LimitText.Bytes(JsonBody.MaxCreateBytes), null),
            new("Body of other requests", LimitText.Bytes(JsonBody.MaxBytes), null),
            new("Answers kept for an Idempotency-Key", LimitText.Time(TimeSpan.FromHours(server.Value.IdempotencyHours)), "Server:IdempotencyHours"),
            new("Session of a browser", LimitText.Time(TimeSpan.FromHours(server.Value.SessionHours)), "Server:SessionHours"),
        ]),
        new("Queue and runs",
        [
            new("Waiting runs of your organization", LimitText.Count(runs.Value.MaxQueuedPerOrganization), "Runs:MaxQueuedPerOrganization"),
            new("Waiting runs of all", LimitText.Count(runs.Value.MaxQueued), "Runs:MaxQueued"),
            new("Runs of your organization under way at once", runs.Value.MaxActivePerOrganization == 0 ? "no limit" : LimitText.Count(runs.Value.MaxActivePerOrganization), "Runs:MaxActivePerOrganization"),
            new("Wait for the first attempt", LimitText.Time(TimeSpan.FromSeconds(runs.Value.QueueTimeToLiveSeconds)), "Runs:QueueTimeToLiveSeconds"),
            new("From create to end", LimitText.Time(TimeSpan.FromSeconds(runs.Value.TotalDeadlineSeconds)), "Runs:TotalDeadlineSeconds"),
            new("Attempts that may be lost", LimitText.Count(runs.Value.MaxAttempts), "Runs:MaxAttempts"),
        ]),
        new("Files",
        [
            new("Largest upload", LimitText.Bytes(server.Value.MaxUploadBytes), "Server:MaxUploadBytes"),
            new("Stored bytes of your organization", BytesAllowed is { } bytes ? LimitText.Bytes(bytes) : "no limit", "Data:MaxBytesPerOrganization"),
            new("Inputs are kept after the run", LimitText.Time(TimeSpan.FromDays(retention.Value.InputDays)), "Retention:InputDays"),
            new("Videos are kept", LimitText.Time(TimeSpan.FromDays(retention.Value.OutputDays)), "Retention:OutputDays"),
            new("A signed URL is valid for", LimitText.Time(TimeSpan.FromSeconds(urls.Value.LifetimeSeconds)), "Urls:LifetimeSeconds"),
            new("An upload URL is valid for", LimitText.Time(TimeSpan.FromSeconds(urls.Value.UploadLifetimeSeconds)), "Urls:UploadLifetimeSeconds"),
        ]),
        new("Callbacks",
        [
            new("Attempts for a delivery", LimitText.Count(callbacks.Value.MaxAttempts), "Callbacks:MaxAttempts"),
            new("Time to answer", LimitText.Time(TimeSpan.FromSeconds(outbound.Value.Callbacks.ResponseTimeoutSeconds)), "Outbound:Callbacks:ResponseTimeoutSeconds"),
            new("Deliveries of your organization at once", LimitText.Count(callbacks.Value.MaxInFlightPerOrganization), "Callbacks:MaxInFlightPerOrganization"),
            new("Deliveries to one endpoint at once", LimitText.Count(callbacks.Value.MaxInFlightPerEndpoint), "Callbacks:MaxInFlightPerEndpoint"),
        ]),
    ];

    public async Task<IReadOnlyList<ReadinessFact>> CheckAsync(CancellationToken ct)
    {
        var facts = new List<ReadinessFact>();
        foreach (var check in checks)
            facts.Add(await check.FindProblemAsync(ct) is { } problem ? new(check.Name, false, problem) : new(check.Name, true, await check.DescribeAsync(ct)));
        return facts;
    }

    private static string PerMinute(int count) => count == 0 ? "no limit" : $"{LimitText.Count(count)} a minute";
}
