using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using Kinema.Core.Keys;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>A program on the visitor's machine gets a key: only after the visitor agreed, only there, and with no more scopes than the session has.</summary>
public sealed partial class ConnectTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Target = "http://localhost:5180/back?x=1";

    private TestServer Server => shared.Server;

    [Fact]
    public async Task The_visitor_sees_name_and_scopes_and_the_program_gets_the_key()
    {
        using var visitor = await Visitor.SignInAsync(Server);
        using var asked = await visitor.GetAsync(PathOf("my <tool>", "runs:create,runs:read", Target));
        var html = await asked.Content.ReadAsStringAsync(Ct);
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain("my &lt;tool&gt;");
        var policy = asked.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("form-action 'self' http://localhost:5180;");
        policy.ShouldContain("frame-ancestors 'none'");

        using var given = await visitor.PostFormAsync("/connect/api-key", Fields("my <tool>", "runs:create,runs:read", Target, Token().Match(html).Groups[1].Value));

        given.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        given.Headers.Location!.AbsoluteUri.ShouldStartWith(Target + "&api_key=rf_live_");
        var key = HttpUtility.ParseQueryString(given.Headers.Location.Query)["api_key"]!;
        using var client = Server.CreateClient(key);
        var scopes = (await (await client.GetAsync("/v1/auth/me", Ct)).ReadJsonAsync())["memberships"]![0]!["scopes"]!.AsArray();
        scopes.Select(scope => scope.Text()).ShouldBe([Scopes.RunsCreate, Scopes.RunsRead]);
    }

    [Theory]
    [InlineData("", "runs:read", Target, "api_key_name")]
    [InlineData("tool", "", Target, "scopes")]
    [InlineData("tool", "everything", Target, "scopes")]
    [InlineData("tool", "runs:read", "", "redirect_to")]
    [InlineData("tool", "runs:read", "https://example.com/", "redirect_to")]
    [InlineData("tool", "runs:read", "http://localhost.example.com/", "redirect_to")]
    [InlineData("tool", "runs:read", "http://localhost@example.com/", "redirect_to")]
    [InlineData("tool", "runs:read", "http://192.168.0.1/", "redirect_to")]
    [InlineData("tool", "runs:read", "ftp://localhost/", "redirect_to")]
    [InlineData("tool", "runs:read", "javascript:alert(1)", "redirect_to")]
    [InlineData("tool", "runs:read", "http://localhost/#here", "redirect_to")]
    public async Task What_cannot_be_granted_is_said_by_name(string name, string scopes, string target, string parameter)
    {
        using var visitor = await Visitor.SignInAsync(Server);
        using var answer = await visitor.GetAsync(PathOf(name, scopes, target));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain($"<p>{parameter} must");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5180/", "http://127.0.0.1:5180")]
    [InlineData("http://[::1]:5180/", "http:")]
    [InlineData("https://localhost/", "https://localhost")]
    public async Task Every_name_of_the_own_machine_will_do(string target, string source)
    {
        using var visitor = await Visitor.SignInAsync(Server);
        using var answer = await visitor.GetAsync(PathOf("tool", "runs:read", target));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain($"form-action 'self' {source};");
    }

    [Fact]
    public async Task A_session_gives_no_scope_that_it_lacks_and_no_key_without_the_right_to_make_keys()
    {
        var maker = await Server.AddKeyAsync(Server.Caller.OrgId, [Scopes.KeysEdit, Scopes.RunsRead]);
        using var visitor = await Visitor.SignInAsync(Server, maker.Token);
        using var wider = await visitor.GetAsync(PathOf("tool", "runs:create", Target));
        wider.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await wider.Content.ReadAsStringAsync(Ct)).ShouldContain("lacks the scope runs:create");

        var reader = await Server.AddKeyAsync(Server.Caller.OrgId, [Scopes.RunsRead]);
        using var other = await Visitor.SignInAsync(Server, reader.Token);
        using var refused = await other.GetAsync(PathOf("tool", "runs:read", Target));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_form_that_was_not_shown_to_this_session_for_this_request_gives_nothing()
    {
        using var visitor = await Visitor.SignInAsync(Server);
        using var other = await Visitor.SignInAsync(Server);
        using var asked = await visitor.GetAsync(PathOf("tool", "runs:read", Target));
        var token = Token().Match(await asked.Content.ReadAsStringAsync(Ct)).Groups[1].Value;

        using var without = await visitor.PostFormAsync("/connect/api-key", Fields("tool", "runs:read", Target, ""));
        using var wider = await visitor.PostFormAsync("/connect/api-key", Fields("tool", "runs:read,runs:create", Target, token));
        using var elsewhere = await visitor.PostFormAsync("/connect/api-key", Fields("tool", "runs:read", "http://localhost:1/", token));
        using var stolen = await other.PostFormAsync("/connect/api-key", Fields("tool", "runs:read", Target, token));

        foreach (var answer in new[] { without, wider, elsewhere, stolen })
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_stranger_signs_in_first_and_comes_back()
    {
        using var stranger = new Visitor(Server.Url);
        var path = PathOf("tool", "runs:read", Target);
        using var answer = await stranger.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe($"/sign-in?return={Uri.EscapeDataString(path)}");
    }

    private static string PathOf(string name, string scopes, string target) =>
        $"/connect/api-key?api_key_name={Uri.EscapeDataString(name)}&scopes={Uri.EscapeDataString(scopes)}&redirect_to={Uri.EscapeDataString(target)}";

    private static (string, string)[] Fields(string name, string scopes, string target, string token) =>
        [("api_key_name", name), ("scopes", scopes), ("redirect_to", target), ("token", token)];

    [GeneratedRegex("name=\"token\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Token();
}
