using Kinema.Core.Keys;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private ISessions Sessions => Store.Get<ISessions>();

    [Fact]
    public async Task A_session_stands_for_its_key_until_it_expires()
    {
        var key = await CreateKeyAsync();
        var token = await Sessions.BeginAsync(key.Id, TimeSpan.FromHours(1), Ct);

        var found = (await Sessions.AuthenticateAsync(token, Ct)).ShouldNotBeNull();
        (found.Id, found.OrgId).ShouldBe((key.Id, Acme.Id));
        found.Scopes.ShouldBe([Scopes.RunsRead]);
        Store.Clock.Advance(TimeSpan.FromHours(1));
        (await Sessions.AuthenticateAsync(token, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_ends_with_its_key_and_when_it_is_ended()
    {
        var key = await CreateKeyAsync();
        var first = await Sessions.BeginAsync(key.Id, TimeSpan.FromHours(1), Ct);
        var second = await Sessions.BeginAsync(key.Id, TimeSpan.FromHours(1), Ct);

        await Sessions.EndAsync(first, Ct);
        await Sessions.EndAsync("unknown", Ct);

        (await Sessions.AuthenticateAsync(first, Ct)).ShouldBeNull();
        (await Sessions.AuthenticateAsync(second, Ct)).ShouldNotBeNull();
        (await Keys.RevokeAsync(Acme.Id, key.Id, Ct)).ShouldBeTrue();
        (await Sessions.AuthenticateAsync(second, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_ends_when_its_key_expires()
    {
        var (key, _) = await Keys.CreateAsync(new(Acme.Id, "short", [], IsPlatformAdmin: false, Store.Clock.GetUtcNow() + TimeSpan.FromMinutes(5)), Ct);
        var token = await Sessions.BeginAsync(key.Id, TimeSpan.FromHours(1), Ct);

        Store.Clock.Advance(TimeSpan.FromMinutes(5));

        (await Sessions.AuthenticateAsync(token, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task The_store_has_no_token_of_a_session_and_keeps_few_of_one_key()
    {
        var key = await CreateKeyAsync();
        var other = await Sessions.BeginAsync((await CreateKeyAsync()).Id, TimeSpan.FromHours(1), Ct);
        var tokens = new List<string>();
        for (var i = 0; i < 103; i++)
        {
            Store.Clock.Advance(TimeSpan.FromMilliseconds(1));
            tokens.Add(await Sessions.BeginAsync(key.Id, TimeSpan.FromHours(1), Ct));
        }

        (await Sessions.AuthenticateAsync(tokens[2], Ct)).ShouldBeNull();
        (await Sessions.AuthenticateAsync(tokens[3], Ct)).ShouldNotBeNull();
        (await Sessions.AuthenticateAsync(tokens[^1], Ct)).ShouldNotBeNull();
        (await Sessions.AuthenticateAsync(other, Ct)).ShouldNotBeNull();
        (await Sessions.AuthenticateAsync("", Ct)).ShouldBeNull();
    }

    private async Task<ApiKey> CreateKeyAsync() => (await Keys.CreateAsync(new(Acme.Id, "browser", [Scopes.RunsRead], IsPlatformAdmin: false, null), Ct)).Key;
}
