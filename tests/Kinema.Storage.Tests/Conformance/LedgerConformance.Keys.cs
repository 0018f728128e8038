using Kinema.Core.Keys;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task A_key_opens_its_own_organisation_with_its_own_scopes()
    {
        var (key, token) = await Keys.CreateAsync(new(Acme.Id, "ci", [Scopes.RunsCreate, Scopes.RunsRead], IsPlatformAdmin: false, null), Ct);

        var found = (await Keys.AuthenticateAsync(token, Ct)).ShouldNotBeNull();

        found.Id.ShouldBe(key.Id);
        found.OrgId.ShouldBe(Acme.Id);
        found.Scopes.ShouldBe([Scopes.RunsCreate, Scopes.RunsRead]);
        found.IsPlatformAdmin.ShouldBeFalse();
        token.ShouldStartWith(key.Prefix);
        token.ShouldStartWith("rf_live_");
    }

    [Fact]
    public async Task A_platform_administrators_key_looks_different()
    {
        var (_, token) = await Keys.CreateAsync(new(Acme.Id, "root", Scopes.All, IsPlatformAdmin: true, null), Ct);

        token.ShouldStartWith("rf_svc_");
        (await Keys.AuthenticateAsync(token, Ct)).ShouldNotBeNull().IsPlatformAdmin.ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_that_was_never_issued_is_refused()
    {
        var (key, _) = await Keys.CreateAsync(new(Acme.Id, "ci", [], IsPlatformAdmin: false, null), Ct);

        (await Keys.AuthenticateAsync(ApiKeyToken.Create(isPlatformAdmin: false).Text, Ct)).ShouldBeNull();
        (await Keys.AuthenticateAsync(key.Prefix, Ct)).ShouldBeNull();
        (await Keys.AuthenticateAsync("", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task The_hash_decides_not_the_public_part()
    {
        var (_, token) = await Keys.CreateAsync(new(Acme.Id, "ci", [], IsPlatformAdmin: false, null), Ct);
        await Store.QueryAsync("UPDATE keys SET hash = zeroblob(32)");

        (await Keys.AuthenticateAsync(token, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_ends_at_its_expiry()
    {
        var (_, token) = await Keys.CreateAsync(new(Acme.Id, "short", [], IsPlatformAdmin: false, Store.Clock.GetUtcNow().AddSeconds(10)), Ct);
        Pass(9);
        (await Keys.AuthenticateAsync(token, Ct)).ShouldNotBeNull();
        Pass(1);
        (await Keys.AuthenticateAsync(token, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_is_revoked_by_its_own_organisation_only()
    {
        var (key, token) = await Keys.CreateAsync(new(Acme.Id, "ci", [], IsPlatformAdmin: false, null), Ct);

        (await Keys.RevokeAsync(Globex.Id, key.Id, Ct)).ShouldBeFalse();
        (await Keys.AuthenticateAsync(token, Ct)).ShouldNotBeNull();
        (await Keys.RevokeAsync(Acme.Id, key.Id, Ct)).ShouldBeTrue();
        (await Keys.AuthenticateAsync(token, Ct)).ShouldBeNull();
        (await Keys.RevokeAsync(Acme.Id, key.Id, Ct)).ShouldBeFalse();
        (await Keys.ListAsync(Acme.Id, Ct)).Single().RevokedAt.ShouldBe(Store.Clock.GetUtcNow());
        (await Keys.ListAsync(Globex.Id, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_last_use_of_a_key_is_noted_at_most_once_a_minute()
    {
        var start = Store.Clock.GetUtcNow();
        var (_, token) = await Keys.CreateAsync(new(Acme.Id, "ci", [], IsPlatformAdmin: false, null), Ct);
        await Keys.AuthenticateAsync(token, Ct);
        Pass(59);
        await Keys.AuthenticateAsync(token, Ct);
        (await Keys.ListAsync(Acme.Id, Ct)).Single().LastUsedAt.ShouldBe(start);
        Pass(1);
        await Keys.AuthenticateAsync(token, Ct);
        (await Keys.ListAsync(Acme.Id, Ct)).Single().LastUsedAt.ShouldBe(start.AddSeconds(60));
    }

    [Fact]
    public async Task Organisations_of_one_name_get_slugs_of_their_own()
    {
        var organisations = Store.Get<IOrganizations>();
        var second = await organisations.CreateAsync("ACME!", Ct);

        Acme.Slug.ShouldBe("acme");
        second.Slug.ShouldBe("acme-2");
        (await organisations.FindAsync(second.Id, Ct)).ShouldBe(second);
        (await organisations.ListAsync(Ct)).ShouldBe([Acme, Globex, second], ignoreOrder: true);
    }
}
