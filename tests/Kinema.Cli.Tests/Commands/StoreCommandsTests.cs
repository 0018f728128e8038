using System.Text.Json;

namespace Kinema.Cli.Tests.Commands;

/// <summary>Organisations, keys and secrets, straight on a data folder.</summary>
public sealed class StoreCommandsTests : IDisposable
{
    private static readonly string _unknown = Guid.Empty.ToString();
    private readonly Cli _cli = new();

    public StoreCommandsTests() => _cli.Environment["KINEMA_DATA"] = _cli.Data;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task An_organisation_is_made_and_listed()
    {
        var made = await _cli.JsonAsync("orgs", "create", "My Studio");
        var listed = await _cli.JsonAsync("orgs", "list");
        var table = await _cli.RunAsync("orgs", "list");

        made.GetProperty("name").GetString().ShouldBe("My Studio");
        listed.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(made.GetProperty("id").GetString());
        table.Output.ShouldContain("My Studio");
    }

    [Fact]
    public async Task A_key_is_printed_alone_so_that_a_script_can_take_it()
    {
        await _cli.JsonAsync("orgs", "create", "a");

        var result = await _cli.RunAsync("keys", "create");

        result.Code.ShouldBe(0);
        result.Output.Trim().ShouldMatch("^rf_live_[a-z0-9]+$");
        result.Error.ShouldContain("shown this once");
    }

    [Fact]
    public async Task A_key_has_the_requested_scopes_and_expiry_and_its_text_is_never_listed()
    {
        await _cli.JsonAsync("orgs", "create", "a");

        var made = await _cli.JsonAsync("keys", "create", "--name", "reader", "--scope", "runs:read", "--scope", "models:read", "--expires", "2h");
        var listed = (await _cli.JsonAsync("keys", "list")).GetProperty("items")[0];

        listed.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()).ShouldBe(["runs:read", "models:read"], ignoreOrder: true);
        (listed.GetProperty("expires_at").GetDateTimeOffset() - listed.GetProperty("created_at").GetDateTimeOffset()).ShouldBe(TimeSpan.FromHours(2), TimeSpan.FromMinutes(1));
        listed.GetRawText().ShouldNotContain(made.GetProperty("key").GetString()!);
    }

    [Fact]
    public async Task A_revoked_key_is_shown_as_revoked()
    {
        await _cli.JsonAsync("orgs", "create", "a");
        var id = (await _cli.JsonAsync("keys", "create")).GetProperty("id").GetString()!;

        var revoked = await _cli.JsonAsync("keys", "revoke", id);
        var table = await _cli.RunAsync("keys", "list");

        revoked.GetProperty("revoked").GetBoolean().ShouldBeTrue();
        table.Output.ShouldContain("revoked");
        (await _cli.RunAsync("keys", "revoke", _unknown)).ShouldRefuse(3, "has no live key");
    }

    [Fact]
    public async Task A_secret_is_made_listed_without_its_text_and_deleted()
    {
        await _cli.JsonAsync("orgs", "create", "a");

        var plain = (await _cli.RunAsync("secrets", "create", "--label", "main")).Output.Trim();
        var listed = (await _cli.JsonAsync("secrets", "list")).GetProperty("items")[0];
        var deleted = await _cli.JsonAsync("secrets", "delete", listed.GetProperty("id").GetString()!);

        plain.ShouldStartWith("whsec_");
        listed.GetProperty("label").GetString().ShouldBe("main");
        listed.GetRawText().ShouldNotContain(plain);
        deleted.GetProperty("deleted").GetBoolean().ShouldBeTrue();
        (await _cli.JsonAsync("secrets", "list")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await _cli.RunAsync("secrets", "delete", _unknown)).ShouldRefuse(3, "has no secret");
    }

    [Fact]
    public async Task A_second_secret_is_current_once_it_is_put_to_use()
    {
        await _cli.JsonAsync("orgs", "create", "a");
        await _cli.RunAsync("secrets", "create");
        var second = await _cli.JsonAsync("secrets", "create", "--label", "new");
        second.GetProperty("is_current").GetBoolean().ShouldBeFalse();
        var id = second.GetProperty("id").GetString()!;

        (await _cli.RunAsync("secrets", "use", id)).Output.ShouldContain(id);

        (await _cli.JsonAsync("secrets", "list")).GetProperty("items").EnumerateArray().Single(s => s.GetProperty("is_current").GetBoolean())
            .GetProperty("label").GetString().ShouldBe("new");
        (await _cli.RunAsync("secrets", "use", _unknown)).ShouldRefuse(3, "has no secret");
    }

    [Fact]
    public async Task Callbacks_are_paused_listed_and_resumed()
    {
        var org = (await _cli.JsonAsync("orgs", "create", "My Studio")).GetProperty("slug").GetString()!;

        var paused = await _cli.JsonAsync("callbacks", "pause", org);
        paused.GetProperty("paused_at").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        paused.GetProperty("waiting").GetInt32().ShouldBe(0);
        (await _cli.JsonAsync("callbacks", "list")).GetProperty("items")[0].GetProperty("org").GetString().ShouldBe(org);

        (await _cli.RunAsync("callbacks", "resume")).Output.ShouldContain($"Resumed the callbacks of {org}");
        (await _cli.JsonAsync("callbacks", "list")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await _cli.RunAsync("callbacks", "pause", "nobody")).ShouldRefuse(3, "there is no organisation 'nobody'");
    }

    [Fact]
    public async Task With_several_organisations_one_must_be_named()
    {
        await _cli.JsonAsync("orgs", "create", "First");
        var second = await _cli.JsonAsync("orgs", "create", "Second");

        (await _cli.RunAsync("keys", "create")).ShouldRefuse(2, "name one with --org");
        (await _cli.RunAsync("keys", "create", "--org", "Third")).ShouldRefuse(3, "there is no organisation 'Third'");
        foreach (var name in (string[])["Second", second.GetProperty("slug").GetString()!, second.GetProperty("id").GetString()!])
            OrgOf(await _cli.JsonAsync("keys", "create", "--org", name)).ShouldBe(second.GetProperty("id").GetGuid());
    }

    private static Guid OrgOf(JsonElement key) => key.GetProperty("org_id").GetGuid();
}
