using System.Net;
using Kinema.Core.Keys;
using Kinema.Server.Lifecycle;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>A session stands for a key: it begins with the key or a printed link, has the key's scopes and ends with it.</summary>
public sealed class SignInTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task A_key_is_exchanged_for_a_cookie_that_only_this_server_gets()
    {
        using var visitor = new Visitor(Server.Url);

        using var answer = await visitor.PostFormAsync("/sign-in", ("key", $" {Server.Caller.Token} "), ("return", "/docs?x=1"));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/docs?x=1");
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("; httponly");
        cookie.ShouldContain("; samesite=strict");
        cookie.ShouldContain("; path=/");
        cookie.ShouldContain("; max-age=604800");
        cookie.ShouldNotContain("; secure");
        cookie.ShouldNotContain(Server.Caller.Token);
        (await StatusAsync(visitor, "/v1/runs")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Behind_a_secure_address_the_cookie_is_never_sent_in_the_clear()
    {
        await using var server = await TestServer.StartIdleAsync(["Server:PublicBaseUrl=https://video.example.com/api", "Server:AllowedHosts:0=*", "Server:SessionHours=2"]);
        using var visitor = new Visitor(server.Url) { Origin = "https://video.example.com" };

        using var answer = await visitor.PostFormAsync("/sign-in", ("key", server.Caller.Token));

        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("; secure");
        cookie.ShouldContain("; path=/api;");
        cookie.ShouldContain("; max-age=7200");
        answer.Headers.Location!.OriginalString.ShouldBe("/api/models");
    }

    [Theory]
    [InlineData("")]
    [InlineData("rf_live_0000000000000000000000000000000000000000000000")]
    public async Task What_is_no_key_opens_nothing(string key)
    {
        using var visitor = new Visitor(Server.Url);

        using var answer = await visitor.PostFormAsync("/sign-in", ("key", key));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("role=\"alert\"");
        visitor.Cookie.ShouldBeNull();
    }

    [Theory]
    [InlineData("//evil.example.com/")]
    [InlineData("https://evil.example.com/")]
    [InlineData("/\\evil.example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\n/evil.example.com")]
    [InlineData("/\u00e4")]
    [InlineData("/ x")]
    public async Task Nobody_is_sent_to_another_host_afterwards(string target)
    {
        using var visitor = new Visitor(Server.Url);
        using var answer = await visitor.PostFormAsync("/sign-in", ("key", Server.Caller.Token), ("return", target));
        answer.Headers.Location!.OriginalString.ShouldBe("/models");
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "key=%00")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "key=1")]
    [InlineData("multipart/form-data", "key=1")]
    [InlineData("multipart/form-data; boundary=a", "--a\r\nkey")]
    [InlineData("application/x-www-form-urlencoded", null)]
    public async Task A_form_that_cannot_be_read_is_refused(string type, string? body)
    {
        using var visitor = new Visitor(Server.Url);
        using var content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(body ?? string.Join('&', Enumerable.Range(0, 1100).Select(i => $"f{i}=1"))));
        content.Headers.TryAddWithoutValidation("Content-Type", type).ShouldBeTrue();

        using var answer = await visitor.SendAsync(HttpMethod.Post, "/sign-in", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("<h1>Not a form</h1>");
    }

    [Fact]
    public async Task A_session_can_do_what_its_key_can_and_no_more()
    {
        var narrow = await Server.AddKeyAsync(Server.Caller.OrgId, [Scopes.RunsRead]);
        using var visitor = await Visitor.SignInAsync(Server, narrow.Token);

        (await StatusAsync(visitor, "/v1/runs")).ShouldBe(HttpStatusCode.OK);
        using var refused = await visitor.SendAsync(HttpMethod.Post, SharedServer.RunsPath, Json(SharedServer.RunBody()));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_session_ends_with_its_key_and_with_signing_out()
    {
        var key = await Server.AddKeyAsync(Server.Caller.OrgId);
        using var first = await Visitor.SignInAsync(Server, key.Token);
        using var second = await Visitor.SignInAsync(Server, key.Token);
        var stolen = first.Cookie;

        using (var answer = await first.PostFormAsync("/sign-out"))
            answer.Headers.GetValues("Set-Cookie").Single().ShouldContain("expires=Thu, 01 Jan 1970");
        first.Cookie = stolen;
        (await StatusAsync(first, "/v1/runs")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(second, "/v1/runs")).ShouldBe(HttpStatusCode.OK);

        var keys = Server.Services.GetRequiredService<IApiKeys>();
        await keys.RevokeAsync(key.OrgId, (await keys.AuthenticateAsync(key.Token, Ct))!.Id, Ct);
        (await StatusAsync(second, "/v1/runs")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("http://evil.example.com", null)]
    [InlineData("null", null)]
    [InlineData(null, null)]
    [InlineData(null, "cross-site")]
    [InlineData(null, "same-site")]
    [InlineData(null, "none")]
    public async Task What_another_site_sends_changes_nothing_although_the_cookie_comes_along(string? origin, string? site)
    {
        using var visitor = await Visitor.SignInAsync(Server);
        visitor.Origin = origin;
        (string, string)[] headers = site is null ? [] : [("Sec-Fetch-Site", site)];

        using var create = await visitor.SendAsync(HttpMethod.Post, SharedServer.RunsPath, Json(SharedServer.RunBody()), headers);
        using var delete = await visitor.SendAsync(HttpMethod.Delete, $"/v1/runs/{Guid.CreateVersion7()}", null, headers);
        using var signOut = await visitor.SendAsync(HttpMethod.Post, "/sign-out", new FormUrlEncodedContent([]), headers);
        using var signIn = await visitor.SendAsync(HttpMethod.Post, "/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("key", Server.Caller.Token)]), headers);

        create.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        delete.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        signOut.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        signIn.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(visitor, "/v1/runs")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_its_own_page_sends_is_accepted()
    {
        using var visitor = await Visitor.SignInAsync(Server);
        using var byOrigin = await visitor.SendAsync(HttpMethod.Post, SharedServer.RunsPath, Json(SharedServer.RunBody()));
        visitor.Origin = null;
        using var bySite = await visitor.SendAsync(HttpMethod.Post, SharedServer.RunsPath, Json(SharedServer.RunBody()), ("Sec-Fetch-Site", "same-origin"));

        byOrigin.StatusCode.ShouldBe(HttpStatusCode.Created);
        bySite.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_key_in_the_header_counts_before_the_cookie()
    {
        using var visitor = await Visitor.SignInAsync(Server);
        using var answer = await visitor.SendAsync(HttpMethod.Get, "/v1/runs", null, ("Authorization", "Bearer wrong"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_printed_link_signs_in_once_and_a_look_does_not_use_it_up()
    {
        await using var server = await TestServer.StartIdleAsync();
        var link = server.Services.GetRequiredService<FirstKey>().SignInLink.ShouldNotBeNull();
        using var visitor = new Visitor(server.Url);

        using (await visitor.SendAsync(HttpMethod.Head, link.PathAndQuery))
            visitor.Cookie.ShouldBeNull();
        using (var answer = await visitor.GetAsync(link.PathAndQuery))
            answer.Headers.Location!.OriginalString.ShouldBe("/models");
        (await StatusAsync(visitor, "/v1/runs")).ShouldBe(HttpStatusCode.OK);

        using var late = new Visitor(server.Url);
        using var refused = await late.GetAsync(link.PathAndQuery);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        late.Cookie.ShouldBeNull();
    }

    [Fact]
    public async Task There_is_no_link_at_a_later_start_nor_where_others_can_reach_the_server()
    {
        await using (var open = await TestServer.StartAsync(["Worker:Enabled=false"], url: "http://0.0.0.0:0"))
            open.Services.GetRequiredService<FirstKey>().SignInLink.ShouldBeNull();

        using var folder = new TemporaryFolder();
        await using (await TestServer.StartIdleAsync(dataFolder: folder.FullPath))
        {
        }

        await using var again = await TestServer.StartIdleAsync(dataFolder: folder.FullPath);
        again.Services.GetRequiredService<FirstKey>().SignInLink.ShouldBeNull();
    }

    [Fact]
    public async Task Through_a_proxy_on_this_machine_a_stranger_is_still_a_stranger()
    {
        using var forward = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await using var proxy = await LocalHost.StartAsync(async context =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Url, context.Request.Path + context.Request.QueryString));
            request.Headers.Add("X-Forwarded-For", "127.0.0.1");
            using var answer = await forward.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        using var stranger = new Visitor(new Uri(proxy.Urls.First()));

        (await StatusAsync(stranger, "/v1/runs")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(stranger, "/sign-in?code=")).ShouldBe(HttpStatusCode.Forbidden);
        stranger.Cookie.ShouldBeNull();
    }

    private static async Task<HttpStatusCode> StatusAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        return answer.StatusCode;
    }
}
