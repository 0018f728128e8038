using System.Text;
using System.Text.Json.Nodes;
using Kinema.Core.Artifacts;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;
using Kinema.Core.Storage;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>What an erased run was asked is neither in a row nor in a free page of the database, and its files are gone.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private const string Mark = "my-private-words";

    private readonly SqliteTestStore _store = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _store.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Nothing_that_was_said_stays_in_the_database_file()
    {
        var (org, run) = await FinishedRunAsync();
        (await BytesAsync()).ShouldContain(Mark);
        await _store.OpenAsync();

        (await _store.Get<IRunErasure>().EraseAsync(org, run, Ct)).Outcome.ShouldBe(RunErasureOutcome.Erased);

        _store.Files("artifacts").ShouldBeEmpty();
        (await BytesAsync()).ShouldNotContain(Mark);
    }

    /// <summary>Everything in the database's file; closing the store empties the write-ahead log.</summary>
    private async Task<string> BytesAsync()
    {
        _store.Close();
        return Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(_store.Folder, "kinema.db"), Ct));
    }

    /// <summary>A run with the mark in everything that a caller, an engine or a receiver can write.</summary>
    private async Task<(Guid OrgId, Guid RunId)> FinishedRunAsync()
    {
        var org = await _store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var padding = new string('x', 20_000); // spills into pages of its own
        var run = TestRuns.New(org, _store.Clock.GetUtcNow()) with
        {
            InputJson = $$"""{"prompt":"{{Mark}}{{padding}}{{Mark}}"}""",
            EffectiveInputJson = $$"""{"prompt":"{{Mark}}{{padding}}"}""",
            MetadataJson = $$"""{"m":"{{Mark}}"}""",
            ClientRef = Mark,
            CallbackUrl = $"https://example.com/{Mark}",
        };
        await _store.Get<IRunLedger>().AdmitAsync(new(run, [RunEvents.Log("warning", Mark)], []), new(10, 10), Ct);
        var ledger = _store.Get<IWorkerLedger>();
        var claimed = (await ledger.ClaimAsync(new(Guid.CreateVersion7(), _store.Get<IStore>().InstanceId, ["motion"]), Ct)).ShouldNotBeNull();
        await ledger.AppendAsync(
            claimed.Attempt,
            new()
            {
                Events = [RunEvents.Log("info", Mark)],
                Inputs = [new("image_url", $"https://example.com/{Mark}.png", new string('a', 64), "image/png", 1, 1, 1) { Details = Mark }],
                Checkpoint = Mark,
            },
            Ct);
        var key = $"{run.Id}/{claimed.Attempt.Fence}/video.mp4";
        var file = Path.Combine(_store.Get<IArtifactStore>().CreateScratch(run.Id, claimed.Attempt.Fence), "video.mp4");
        await File.WriteAllTextAsync(file, "a video", Ct);
        var stored = await _store.Get<IArtifactStore>().PutAsync(key, file, Ct);
        var output = new RunOutput
        {
            Artifacts = [new() { Key = key, Role = "video", ContentType = "video/mp4", SizeBytes = stored.SizeBytes, Digest = stored.Digest }],
            ModelData = new JsonObject { ["prompt"] = Mark },
            Timing = new(1, 1, 1, 1, 1, 1),
        };
        await ledger.FinishAsync(claimed.Attempt, new AttemptOutcome.Succeeded(output, Money.Parse("0.50")), Ct);
        var outbox = _store.Get<ICallbackOutbox>();
        var delivery = (await outbox.ClaimDueAsync(Guid.CreateVersion7(), TimeSpan.FromMinutes(1), BusyReceivers.None, Ct)).ShouldNotBeNull();
        await outbox.RecordAsync(
            delivery.Id,
            new(new(Guid.CreateVersion7(), 1, 200, $"thanks for {Mark}", 5, Mark, _store.Clock.GetUtcNow()), "delivered", null, Mark, null, null),
            Ct);
        return (org.Id, run.Id);
    }
}
