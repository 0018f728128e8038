using Kinema.Core.Keys;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private IWorkerKeys WorkerKeys => Store.Get<IWorkerKeys>();

    [Fact]
    public async Task A_worker_key_names_its_engines_and_is_no_api_key()
    {
        var (key, token) = await WorkerKeys.CreateAsync(new("gpu", ["wan", "motion"], null), Ct);

        var found = (await WorkerKeys.AuthenticateAsync(token, Ct)).ShouldNotBeNull();

        (found.Id, found.Name, found.Prefix).ShouldBe((key.Id, "gpu", key.Prefix));
        found.EngineIds.ShouldBe(["wan", "motion"]);
        found.CreatedAt.ShouldBe(Store.Clock.GetUtcNow());
        token.ShouldStartWith(key.Prefix);
        (await Keys.AuthenticateAsync(token, Ct)).ShouldBeNull();
        var (_, apiToken) = await Keys.CreateAsync(new(Acme.Id, "ci", Scopes.All, IsPlatformAdmin: true, null), Ct);
        (await WorkerKeys.AuthenticateAsync(apiToken, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_worker_key_that_was_never_issued_or_whose_hash_differs_is_refused()
    {
        var (key, token) = await WorkerKeys.CreateAsync(new("gpu", ["wan"], null), Ct);

        (await WorkerKeys.AuthenticateAsync(WorkerKeyToken.Create().Text, Ct)).ShouldBeNull();
        (await WorkerKeys.AuthenticateAsync(key.Prefix, Ct)).ShouldBeNull();
        (await WorkerKeys.AuthenticateAsync("", Ct)).ShouldBeNull();
        await Store.QueryAsync("UPDATE worker_keys SET hash = zeroblob(32)");
        (await WorkerKeys.AuthenticateAsync(token, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_worker_key_ends_when_it_expires_and_when_it_is_revoked_and_stays_listed()
    {
        var (first, token) = await WorkerKeys.CreateAsync(new("short", ["wan"], Store.Clock.GetUtcNow().AddSeconds(10)), Ct);
        Pass(1);
        var (second, other) = await WorkerKeys.CreateAsync(new("long", ["wan"], null), Ct);
        Pass(8);
        (await WorkerKeys.AuthenticateAsync(token, Ct)).ShouldNotBeNull();
        Pass(1);
        (await WorkerKeys.AuthenticateAsync(token, Ct)).ShouldBeNull();

        (await WorkerKeys.RevokeAsync(second.Id, Ct)).ShouldBeTrue();

        (await WorkerKeys.AuthenticateAsync(other, Ct)).ShouldBeNull();
        (await WorkerKeys.RevokeAsync(second.Id, Ct)).ShouldBeFalse();
        (await WorkerKeys.RevokeAsync(Guid.CreateVersion7(), Ct)).ShouldBeFalse();
        var listed = await WorkerKeys.ListAsync(Ct);
        listed.Select(key => key.Id).ShouldBe([second.Id, first.Id]);
        listed[0].RevokedAt.ShouldBe(Store.Clock.GetUtcNow());
        listed[1].LastUsedAt.ShouldBe(first.CreatedAt.AddSeconds(9));
    }

    [Fact]
    public async Task A_worker_key_for_no_engine_is_not_made()
    {
        await Should.ThrowAsync<ArgumentException>(() => WorkerKeys.CreateAsync(new("gpu", [], null), Ct));

        (await WorkerKeys.ListAsync(Ct)).ShouldBeEmpty();
    }
}
