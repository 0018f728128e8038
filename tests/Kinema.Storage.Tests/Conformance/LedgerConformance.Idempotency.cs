using Kinema.Core.Idempotency;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private IIdempotencyKeys IdempotencyKeys => Store.Get<IIdempotencyKeys>();

    [Fact]
    public async Task An_answer_is_found_by_its_organisation_route_and_key_until_its_time_is_over()
    {
        var answer = Answer(Scope()) with { SignedPlaces = [new(3, "uploads", "a")], Location = "/v1/somewhere" };
        await IdempotencyKeys.AddAsync(answer, Ct);

        var found = (await IdempotencyKeys.FindAsync(Scope(), Ct)).ShouldNotBeNull();
        found.Body!.Value.ToArray().ShouldBe(answer.Body!.Value.ToArray());
        found.RequestDigest.ToArray().ShouldBe(answer.RequestDigest.ToArray());
        (found.Status, found.Location, found.RunId, found.Lifetime).ShouldBe((201, "/v1/somewhere", null, TimeSpan.FromHours(24)));
        found.SignedPlaces.ShouldBe(answer.SignedPlaces);
        foreach (var other in new[] { Scope() with { OrgId = Globex.Id }, Scope() with { Route = "/v1/other" }, Scope() with { Key = "other" } })
            (await IdempotencyKeys.FindAsync(other, Ct)).ShouldBeNull();

        Pass(24 * 3600);
        (await IdempotencyKeys.FindAsync(Scope(), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_can_be_taken_again_only_when_its_time_is_over()
    {
        await IdempotencyKeys.AddAsync(Answer(Scope()), Ct);
        await Should.ThrowAsync<IdempotencyKeyTakenException>(() => IdempotencyKeys.AddAsync(Answer(Scope()), Ct));

        Pass(24 * 3600);
        await IdempotencyKeys.AddAsync(Answer(Scope()) with { Status = 200 }, Ct);
        (await IdempotencyKeys.FindAsync(Scope(), Ct)).ShouldNotBeNull().Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_run_and_its_answer_are_stored_together_or_not_at_all()
    {
        var first = NewRun();
        await Runs.AdmitAsync(Keyed(first), NoLimits, Ct);
        (await IdempotencyKeys.FindAsync(Scope(), Ct)).ShouldNotBeNull().RunId.ShouldBe(first.Id);

        var second = NewRun();
        await Should.ThrowAsync<IdempotencyKeyTakenException>(() => Runs.AdmitAsync(Keyed(second), NoLimits, Ct));
        (await Runs.FindAsync(Acme.Id, second.Id, Ct)).ShouldBeNull();

        (await Runs.AdmitAsync(Keyed(NewRun(), key: "other"), new(1, 1), Ct)).ShouldNotBe(AdmitOutcome.Admitted);
        (await IdempotencyKeys.FindAsync(Scope() with { Key = "other" }, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_creates_with_one_key_at_once_one_is_stored()
    {
        var admitted = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await Runs.AdmitAsync(Keyed(NewRun()), NoLimits, Ct) == AdmitOutcome.Admitted;
            }
            catch (IdempotencyKeyTakenException)
            {
                return false;
            }
        })));

        admitted.Count(isStored => isStored).ShouldBe(1);
        (await Runs.ReadQueueDepthAsync(Ct)).Queued.ShouldBe(1);
    }

    [Fact]
    public async Task Expired_keys_are_removed_a_few_at_a_time_and_live_ones_stay()
    {
        var run = NewRun();
        await Runs.AdmitAsync(Keyed(run, key: "run"), NoLimits, Ct);
        for (var i = 0; i < 4; i++)
            await IdempotencyKeys.AddAsync(Answer(Scope() with { Key = $"old-{i}" }), Ct);
        Pass(24 * 3600);
        await IdempotencyKeys.AddAsync(Answer(Scope()), Ct);

        var removed = new List<int>();
        while (removed.Count == 0 || removed[^1] > 0)
            removed.Add(await IdempotencyKeys.RemoveExpiredAsync(3, Ct));

        removed.ShouldBe([3, 2, 0]);
        (await IdempotencyKeys.FindAsync(Scope(), Ct)).ShouldNotBeNull();
        (await Store.QueryAsync("SELECT key FROM idempotency_keys")).ShouldBe([Scope().Key]);
    }

    private IdempotencyScope Scope() => new(Acme.Id, "/v1/models/a/b/runs", "order-1");

    private NewRun Keyed(Run run, string? key = null) =>
        new(run, [], []) { Answer = Answer(Scope() with { Key = key ?? Scope().Key }) with { RunId = run.Id } };

    private static StoredAnswer Answer(IdempotencyScope scope) => new()
    {
        Scope = scope,
        RequestDigest = new byte[] { 1, 2, 3 },
        Status = 201,
        Body = "{\"id\":\"x\"}"u8.ToArray(),
        Lifetime = TimeSpan.FromHours(24),
    };
}
