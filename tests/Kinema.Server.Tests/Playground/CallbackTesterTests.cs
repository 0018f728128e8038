using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>The receiver inside the server: reached by a call, for the own organization alone, and no hole in the outbound guard.</summary>
public sealed class CallbackTesterTests(CallbackTesterTests.GuardedServer guarded) : IClassFixture<CallbackTesterTests.GuardedServer>
{
    private TestServer Server => guarded.Server;

    private IOwnReceiver Receiver => Server.Services.GetRequiredService<IOwnReceiver>();

    [Fact]
    public async Task The_callback_of_a_run_is_made_signed_and_verified_on_the_page()
    {
        var caller = await CallerWithSecretAsync();
        var id = await CreateAsync(caller);
        using var visitor = await Visitor.SignInAsync(Server, caller.Token);

        using var answer = await visitor.PostFormAsync("/settings/callback-tester", ("run", id));

        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, html);
        html.ShouldContain("Genuine: the time and every signature are right.");
        html.ShouldContain("<code>Runflow-Signature</code>");
        html.ShouldContain($"\"event\":\"run.completed\",\"run_id\":\"{id}\"");
    }

    [Fact]
    public async Task A_real_delivery_to_the_own_address_is_handed_over_without_a_connection_although_the_guard_refuses_loopback()
    {
        var caller = await CallerWithSecretAsync();
        var id = await CreateAsync(caller, Receiver.UrlOf(caller.OrgId));
        await WaitUntilSentAsync(caller, id);

        var delivery = JsonNode.Parse(await caller.Client.GetStringAsync($"/v1/runs/{id}/callback", Ct))![0]!;
        using var visitor = await Visitor.SignInAsync(Server, caller.Token);
        using var page = await visitor.GetAsync("/settings/callback-tester");
        var html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Ct));

        delivery["status_code"].Text().ShouldBe("delivered");
        delivery["attempts"]!.AsArray().Count.ShouldBe(1);
        html.ShouldContain("<span class=\"state good\">genuine</span>");
        html.ShouldContain($"run {id}");
        html.ShouldContain("<code>webhook-signature</code>");
    }

    [Fact]
    public async Task Another_organization_s_address_another_path_and_another_spelling_are_the_guard_s()
    {
        var (caller, other) = (await CallerWithSecretAsync(), await CallerWithSecretAsync());
        var own = Receiver.UrlOf(caller.OrgId);
        var spellings = new[]
        {
            Receiver.UrlOf(other.OrgId), own + "/", own + "?x=1", own + "#x", own[..^1], own.Replace("/settings/", "/settings/../settings/", StringComparison.Ordinal),
            own.Replace("callback-tester", "keys", StringComparison.Ordinal), own.Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal), own.ToUpperInvariant(),
        };

        foreach (var url in spellings)
        {
            Receiver.Is(caller.OrgId, url).ShouldBeFalse(url);
            var error = await (await PostRunAsync(caller, url)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
            error["errors"]![0]!["loc"]![1].Text().ShouldBe("callback_url");
        }

        Receiver.Is(other.OrgId, own).ShouldBeFalse();
        Receiver.Is(caller.OrgId, own).ShouldBeTrue();
    }

    [Fact]
    public async Task The_address_answers_nobody_over_the_network()
    {
        var url = Receiver.UrlOf(Server.Caller.OrgId);
        using var anybody = new Visitor(Server.Url);

        using var post = await anybody.SendAsync(HttpMethod.Post, url, new StringContent("{}", Encoding.UTF8, "application/json"));
        using var get = await anybody.GetAsync(url);

        post.IsSuccessStatusCode.ShouldBeFalse();
        get.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task A_redirect_to_the_own_address_is_not_followed()
    {
        await using var open = await WorkingServer.StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System));
        var url = open.Services.GetRequiredService<IOwnReceiver>().UrlOf(open.Caller.OrgId);
        await using var elsewhere = await CallbackReceiver.StartAsync(new CallbackAnswer(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = url;
            return Task.CompletedTask;
        }));
        var body = WorkingServer.RunBody();
        body["callback_url"] = elsewhere.Url.AbsoluteUri;
        var id = await WorkingServer.CreateAsync(open, body);
        await WaitUntilSentAsync(open.Caller, id);

        var delivery = JsonNode.Parse(await open.Client.GetStringAsync($"/v1/runs/{id}/callback", Ct))![0]!;
        delivery["status_code"].Text().ShouldBe("failed");
        delivery["failure_reason_code"].Text().ShouldBe("rejected");
        using var visitor = await Visitor.SignInAsync(open);
        using var page = await visitor.GetAsync("/settings/callback-tester");
        (await page.Content.ReadAsStringAsync(Ct)).ShouldContain("Nothing arrived yet.");
    }

    [Fact]
    public async Task Making_a_callback_takes_the_scope_of_sending_one_again()
    {
        using var reader = await Visitor.SignInAsync(Server, (await Server.AddKeyAsync(Server.Caller.OrgId, [Scopes.RunsRead])).Token);

        using var answer = await reader.PostFormAsync("/settings/callback-tester", ("run", ""));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain(Scopes.RunsExecute);
    }

    private async Task<TestCaller> CallerWithSecretAsync()
    {
        var caller = await Server.AddCallerAsync();
        await Server.Services.GetRequiredService<ICallbackSecrets>().CreateAsync(caller.OrgId, null, Ct);
        return caller;
    }

    private static async Task<string> CreateAsync(TestCaller caller, string? callbackUrl = null)
    {
        using var response = await PostRunAsync(caller, callbackUrl);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        var id = (await response.ReadJsonAsync())["id"].Text();
        await EventReader.ReadAllAsync(caller.Client, id, Ct);
        return id;
    }

    private static Task<HttpResponseMessage> PostRunAsync(TestCaller caller, string? callbackUrl)
    {
        var body = WorkingServer.RunBody();
        if (callbackUrl is not null)
            body["callback_url"] = callbackUrl;
        return caller.Client.PostAsync(SharedServer.RunsPath, Json(body), Ct);
    }

    private static async Task WaitUntilSentAsync(TestCaller caller, string id)
    {
        await EventReader.ReadAllAsync(caller.Client, id, Ct);
        while (JsonNode.Parse(await caller.Client.GetStringAsync($"/v1/runs/{id}/callback", Ct))!.AsArray() is var sent
            && (sent.Count == 0 || sent.Any(delivery => delivery!["status_code"].Text() == "pending")))
        {
            await Task.Delay(20, Ct);
        }
    }

    /// <summary>A server that works and whose guard lets no callback to its own machine.</summary>
    public sealed class GuardedServer : IAsyncLifetime
    {
        public TestServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Server = await WorkingServer.StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System), "Outbound:Callbacks:Allow:0=192.0.2.1/32");

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
