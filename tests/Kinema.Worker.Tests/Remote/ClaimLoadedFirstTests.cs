using Kinema.Core.Runs;
using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;
using Kinema.Worker.Tests.Support;

namespace Kinema.Worker.Tests.Remote;

public sealed class ClaimLoadedFirstTests : IDisposable
{
    private readonly Rig _rig = new();
    private readonly Guid _worker = Guid.Parse("019d6a63-8400-7c27-9a1e-0000000000aa");

    [Fact]
    public async Task A_run_of_an_engine_that_must_load_waits_for_eight_starts_and_no_more()
    {
        var ledger = new EndlessLedger(_rig);
        var claims = new ClaimLoadedFirst(ledger);
        ClaimWork request = new(["cold", "warm"], 0, [], ["warm"]);

        for (var i = 0; i < 20; i++)
            await claims.HandleAsync(_worker, request);

        ledger.Asked.ShouldBe([.. Many("warm", 8), "cold,warm", .. Many("warm", 8), "cold,warm", .. Many("warm", 2)]);
    }

    [Fact]
    public async Task Without_a_run_of_a_loaded_engine_another_one_is_claimed_at_once()
    {
        var ledger = new EndlessLedger(_rig) { Has = ids => ids.Contains("cold") };

        (await new ClaimLoadedFirst(ledger).HandleAsync(_worker, new(["cold", "warm"], 0, [], ["warm"]))).ShouldNotBeNull();

        ledger.Asked.ShouldBe(["warm", "cold,warm"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Engines_that_are_all_alike_are_asked_for_together(bool allLoaded)
    {
        var ledger = new EndlessLedger(_rig);

        await new ClaimLoadedFirst(ledger).HandleAsync(_worker, new(["a", "b"], 0, [], allLoaded ? ["a", "b"] : null));

        ledger.Asked.ShouldBe(["a,b"]);
    }

    public void Dispose() => _rig.Dispose();

    private static IEnumerable<string> Many(string text, int count) => Enumerable.Repeat(text, count);

    /// <summary>Has a run for whoever asks.</summary>
    private sealed class EndlessLedger(Rig rig) : IWorkerLedger
    {
        public List<string> Asked { get; } = [];

        public Func<IReadOnlyList<string>, bool> Has { get; init; } = _ => true;

        public Task<ClaimedRun?> ClaimAsync(ClaimRequest claim, CancellationToken ct)
        {
            Asked.Add(string.Join(',', claim.EngineIds));
            return Task.FromResult(Has(claim.EngineIds) ? rig.Claim() : null);
        }

        public Task<bool> RegisterAsync(WorkerRegistration worker, CancellationToken ct) => throw new NotSupportedException();

        public Task<HeartbeatReply> HeartbeatAsync(AttemptRef attempt, CancellationToken ct) => throw new NotSupportedException();

        public Task<bool> AppendAsync(AttemptRef attempt, AttemptAppend append, CancellationToken ct) => throw new NotSupportedException();

        public Task<bool> FinishAsync(AttemptRef attempt, AttemptOutcome outcome, CancellationToken ct) => throw new NotSupportedException();
    }
}
