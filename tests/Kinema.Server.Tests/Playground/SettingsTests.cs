using System.Net;
using Kinema.Core.Keys;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>The settings: plain forms that do what the API does, within the session's scopes.</summary>
public sealed class SettingsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task A_key_is_shown_on_the_answer_that_creates_it_and_nowhere_else()
    {
        using var visitor = await Visitor.SignInAsync(Server);

        using var answer = await visitor.PostFormAsync("/settings/keys", ("name", "ci <b>"), ("scopes", Scopes.RunsRead), ("scopes", Scopes.RunsCreate), ("expires", "7"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var html = await answer.Content.ReadAsStringAsync(Ct);
        html.ShouldNotContain("<b>");
        var token = html.Split("<code id=\"once\">")[1].Split('<')[0];
        var key = (await Server.Services.GetRequiredService<IApiKeys>().AuthenticateAsync(token, Ct))!;
        key.Name.ShouldBe("ci <b>");
        key.Scopes.ShouldBe([Scopes.RunsRead, Scopes.RunsCreate]);
        key.OrgId.ShouldBe(Server.Caller.OrgId);
        key.ExpiresAt!.Value.ShouldBe(TimeProvider.System.GetUtcNow().AddDays(7), TimeSpan.FromMinutes(5));
        var again = await ReadAsync(visitor, "/settings/keys");
        again.ShouldContain(key.Prefix);
        again.ShouldNotContain(token);
    }

    [Fact]
    public async Task A_key_gets_no_scope_that_the_session_lacks_and_what_is_wrong_is_said_at_the_field()
    {
        var maker = await Server.AddKeyAsync(Server.Caller.OrgId, [Scopes.KeysEdit, Scopes.RunsRead]);
        using var visitor = await Visitor.SignInAsync(Server, maker.Token);
        var before = (await Server.Services.GetRequiredService<IApiKeys>().ListAsync(Server.Caller.OrgId, Ct)).Count;

        using var wider = await visitor.PostFormAsync("/settings/keys", ("name", "x"), ("scopes", Scopes.RunsCreate), ("expires", ""));
        using var empty = await visitor.PostFormAsync("/settings/keys", ("name", " "), ("expires", "8"));

        wider.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await wider.Content.ReadAsStringAsync(Ct)).ShouldContain("This session lacks the scope runs:create and cannot give it.");
        var html = await empty.Content.ReadAsStringAsync(Ct);
        html.ShouldContain("id=\"name-problem\"");
        html.ShouldContain("id=\"scopes-problem\"");
        html.ShouldContain("id=\"expires-problem\"");
        (await Server.Services.GetRequiredService<IApiKeys>().ListAsync(Server.Caller.OrgId, Ct)).Count.ShouldBe(before);
        (await ReadAsync(visitor, "/settings/keys")).ShouldNotContain("value=\"runs:create\"");
    }

    [Fact]
    public async Task A_key_is_revoked_after_a_confirmation_and_only_one_of_the_own_organization()
    {
        var doomed = await Server.AddKeyAsync(Server.Caller.OrgId);
        var keys = Server.Services.GetRequiredService<IApiKeys>();
        var id = (await keys.AuthenticateAsync(doomed.Token, Ct))!.Id;
        using var stranger = await Visitor.SignInAsync(Server, shared.Other.Token);
        using var visitor = await Visitor.SignInAsync(Server);

        using var foreign = await stranger.PostFormAsync($"/settings/keys/{id}/revocation");
        var confirm = await ReadAsync(visitor, $"/settings/keys/{id}/revocation");
        (await keys.AuthenticateAsync(doomed.Token, Ct)).ShouldNotBeNull();
        using var revoked = await visitor.PostFormAsync($"/settings/keys/{id}/revocation");

        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        confirm.ShouldContain("Revoke the key");
        revoked.Headers.Location!.OriginalString.ShouldBe("/settings/keys");
        (await keys.AuthenticateAsync(doomed.Token, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Forms_of_other_sites_change_nothing()
    {
        using var visitor = await Visitor.SignInAsync(Server);
        visitor.Origin = "https://evil.example";
        foreach (var path in new[] { "/settings/keys", "/settings/callback-secrets", "/settings/callback-secrets/rotation", "/settings/callback-tester" })
        {
            using var answer = await visitor.PostFormAsync(path, ("name", "x"), ("scopes", Scopes.RunsRead), ("step", "pause"));
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.SeeOther);
            if (answer.StatusCode == HttpStatusCode.SeeOther)
                answer.Headers.Location!.OriginalString.ShouldStartWith("/sign-in");
        }
    }

    [Fact]
    public async Task Every_page_says_which_scope_it_lacks_and_the_overview_says_it_of_all()
    {
        using var poor = await Visitor.SignInAsync(Server, (await Server.AddKeyAsync(Server.Caller.OrgId, [])).Token);
        foreach (var (path, scope) in new[]
        {
            ("/settings/keys", Scopes.KeysEdit), ("/settings/callback-secrets", Scopes.SecretsEdit), ("/settings/callback-secrets/rotation", Scopes.SecretsEdit),
            ("/settings/usage", Scopes.RunsRead), ("/settings/engines", Scopes.ModelsRead), ("/settings/callback-tester", Scopes.RunsRead),
        })
        {
            using var answer = await poor.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain($"lacks the scope <code>{scope}</code>");
        }

        (await ReadAsync(poor, "/settings/limits")).ShouldContain("Server:MaxUploadBytes");
        (await ReadAsync(poor, "/settings")).Split("This session lacks the scope").Length.ShouldBe(6);
    }

    [Fact]
    public async Task Limits_engines_and_usage_show_what_holds_here()
    {
        await shared.CreateRunAsync();
        using var visitor = await Visitor.SignInAsync(Server);

        var limits = await ReadAsync(visitor, "/settings/limits");
        var engines = await ReadAsync(visitor, "/settings/engines");
        var usage = await ReadAsync(visitor, "/settings/usage?days=7");

        limits.ShouldContain("60 000 a minute");
        limits.ShouldContain("50 MiB");
        engines.ShouldContain("<strong>Test engine</strong>");
        engines.ShouldContain("idle, takes 1 at once");
        engines.ShouldContain("720p, 1080p");
        usage.ShouldContain("aria-current=\"true\">7 days</a>");
        usage.ShouldContain("<rect ");
        usage.ShouldContain("<th scope=\"row\">api</th>");
        usage.ShouldContain("this server sets no limit");
        foreach (var html in new[] { limits, engines, usage })
            html.ShouldNotContain(" style=");
    }

    private static async Task<string> ReadAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }
}
