using System.Net;
using Kinema.Core.Keys;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>The page of a run, as it is without script: it shows what is stored, and its forms do what the API does.</summary>
public sealed class RunPageTests(WorkingServer working) : IClassFixture<WorkingServer>
{
    private TestServer Server => working.Server;

    private string Page => $"/runs/{working.RunId}";

    [Fact]
    public async Task A_result_is_shown_with_its_video_from_the_page_s_own_origin_its_input_its_times_and_its_events()
    {
        using var visitor = await Visitor.SignInAsync(Server);

        var html = await ReadAsync(visitor, Page);

        html.ShouldContain("<span class=\"status succeeded\">Succeeded</span>");
        html.ShouldContain($"<video src=\"/v1/files/artifacts/{Server.Caller.OrgId}/{working.RunId}/");
        html.ShouldContain("<kinema-player fps=\"5\" frames=\"10\">");
        html.ShouldContain($"<img class=\"thumb\" src=\"/v1/files/assets/{Server.Caller.OrgId}/");
        html.ShouldContain("slow push in");
        html.ShouldContain($"<dd><code>{working.Run["output"]!["seed"]}</code></dd>");
        html.ShouldContain($"<dt>Cost</dt><dd>${working.Run["cost"].Text()}</dd>");
        html.ShouldContain("<td>upload</td>");
        html.ShouldContain("{&quot;status_code&quot;:&quot;dispatching&quot;}");
        html.ShouldContain("&quot;status_code&quot;: &quot;succeeded&quot;");
        html.ShouldContain($"?from={working.RunId}");
        html.ShouldContain($"?image={Uri.EscapeDataString(Server.Url.AbsoluteUri)}v1%2Ffiles%2Fartifacts");
        html.ShouldNotContain(" style=");
        var video = html.Split("<video src=\"")[1].Split('"')[0].Replace("&amp;", "&", StringComparison.Ordinal);
        using var file = await visitor.GetAsync(video);
        file.Content.Headers.ContentType!.MediaType.ShouldBe("video/mp4");
    }

    [Fact]
    public async Task A_run_under_way_shows_how_far_it_is_and_can_be_canceled()
    {
        var engine = new TestEngine(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true, MakesPreviews = true };
        await using var server = await WorkingServer.StartAsync(engine, "Worker:Concurrency=1");
        using var visitor = await Visitor.SignInAsync(server);
        var id = await WorkingServer.CreateAsync(server);
        await EventReader.ReadAllAsync(server.Client, id, Ct, upTo: "preview");
        var waiting = await WorkingServer.CreateAsync(server);

        var html = await ReadAsync(visitor, $"/runs/{id}");
        html.ShouldContain("<li class=\"now\" aria-current=\"step\">Rendering</li>");
        html.ShouldContain($"src=\"/v1/runs/{id}/preview?n=");
        (await ReadAsync(visitor, $"/runs/{waiting}")).ShouldContain("Place 1 in the queue.");

        using var canceled = await visitor.PostFormAsync($"/runs/{waiting}/cancellation");

        canceled.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        canceled.Headers.Location!.OriginalString.ShouldBe($"/runs/{waiting}");
        (await ReadAsync(visitor, $"/runs/{waiting}")).ShouldContain("<span class=\"status canceled\">Canceled</span>");
        engine.Release();
    }

    [Fact]
    public async Task A_run_that_failed_says_why()
    {
        var body = SharedServer.RunBody();
        body["input"]!["image_url"] = $"{Server.Url}v1/nothing.png";
        var failed = await WorkingServer.CreateAsync(Server, body);
        (await WorkingServer.WaitForEndAsync(Server, failed))["status_code"].Text().ShouldBe("failed");
        using var visitor = await Visitor.SignInAsync(Server);

        var html = await ReadAsync(visitor, $"/runs/{failed}");

        html.ShouldContain("An input could not be fetched.");
        html.ShouldContain("<code>INPUT_MEDIA_UNREACHABLE</code>");
        html.ShouldContain($"?from={failed}");
    }

    [Fact]
    public async Task Only_those_who_may_read_the_run_see_it()
    {
        using var stranger = new Visitor(Server.Url);
        using var asked = await stranger.GetAsync(Page);
        asked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        asked.Headers.Location!.OriginalString.ShouldBe($"/sign-in?return={Uri.EscapeDataString(Page)}");

        using var other = await Visitor.SignInAsync(Server, (await Server.AddCallerAsync()).Token);
        foreach (var path in new[] { Page, $"/runs/compare?a={working.RunId}", "/runs/nothing" })
            (await other.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var action in new[] { "cancellation", "feedback", "callback-redeliveries", "deletion" })
            (await other.PostFormAsync($"{Page}/{action}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, action);

        using var uploader = await Visitor.SignInAsync(Server, (await Server.AddKeyAsync(Server.Caller.OrgId, [Scopes.AssetsRead])).Token);
        using var refused = await uploader.GetAsync(Page);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync(Ct)).ShouldContain("runs:read");
    }

    [Fact]
    public async Task A_session_sees_and_does_only_what_its_scopes_allow_and_no_other_site_s_page_does_anything()
    {
        using var reader = await Visitor.SignInAsync(Server, (await Server.AddKeyAsync(Server.Caller.OrgId, [Scopes.RunsRead])).Token);
        var html = await ReadAsync(reader, Page);
        foreach (var action in new[] { "cancellation", "feedback", "callback-redeliveries", "deletion" })
        {
            html.ShouldNotContain($"action=\"{Page}/{action}\"");
            (await reader.PostFormAsync($"{Page}/{action}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, action);
        }

        using var visitor = await Visitor.SignInAsync(Server);
        visitor.Origin = "https://example.com";
        (await visitor.PostFormAsync($"{Page}/deletion")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Feedback_is_stored_and_a_verdict_can_be_taken_back()
    {
        using var visitor = await Visitor.SignInAsync(Server);
        (await visitor.PostFormAsync($"{Page}/feedback", ("is_positive", "false"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await visitor.PostFormAsync($"{Page}/feedback", ("reason", " too <fast> "))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        var record = await (await Server.Client.GetAsync($"/v1/runs/{working.RunId}", Ct)).ReadJsonAsync();
        record["feedback_is_positive"]!.GetValue<bool>().ShouldBeFalse();
        record["feedback_reason"].Text().ShouldBe("too <fast>");
        var html = await ReadAsync(visitor, Page);
        html.ShouldContain("value=\"\" aria-pressed=\"true\" data-focus=\"bad\"");
        html.ShouldContain("too &lt;fast&gt;</textarea>");

        await visitor.PostFormAsync($"{Page}/feedback", ("is_positive", ""));
        (await (await Server.Client.GetAsync($"/v1/runs/{working.RunId}", Ct)).ReadJsonAsync())["feedback_is_positive"].ShouldBeNull();
    }

    [Fact]
    public async Task Callbacks_are_shown_with_every_attempt_and_sent_again()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var body = WorkingServer.RunBody();
        body["callback_url"] = receiver.Url.AbsoluteUri;
        var id = await WorkingServer.CreateAsync(Server, body);
        await WorkingServer.WaitForEndAsync(Server, id);
        await WorkingServer.WaitUntilDeliveredAsync(Server, id, Ct);
        using var visitor = await Visitor.SignInAsync(Server);
        (await ReadAsync(visitor, $"/runs/{id}")).ShouldContain("<td>1 of 3</td>");

        using var again = await visitor.PostFormAsync($"/runs/{id}/callback-redeliveries");

        again.Headers.Location!.OriginalString.ShouldBe($"/runs/{id}#callbacks");
        await WorkingServer.WaitUntilDeliveredAsync(Server, id, Ct, count: 2);
        receiver.Requests.Count.ShouldBe(2);
        (await ReadAsync(visitor, $"/runs/{id}")).ShouldContain("Sent again <span class=\"status delivered\">delivered</span>");
        using var refused = await visitor.PostFormAsync($"{Page}/callback-redeliveries");
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync(Ct)).ShouldContain("without a callback_url");
    }

    [Fact]
    public async Task A_deleted_run_is_gone()
    {
        var id = await WorkingServer.CreateAsync(Server);
        await WorkingServer.WaitForEndAsync(Server, id);
        using var visitor = await Visitor.SignInAsync(Server);

        using var deleted = await visitor.PostFormAsync($"/runs/{id}/deletion");

        deleted.Headers.Location!.OriginalString.ShouldBe("/runs");
        (await visitor.GetAsync($"/runs/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Server.Client.GetAsync($"/v1/runs/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Two_results_are_compared_with_the_inputs_in_which_they_differ()
    {
        var body = WorkingServer.RunBody();
        body["input"]!["prompt"] = "pan left";
        body["input"]!["seed"] = 7;
        var other = await WorkingServer.CreateAsync(Server, body);
        await WorkingServer.WaitForEndAsync(Server, other);
        using var visitor = await Visitor.SignInAsync(Server);

        (await ReadAsync(visitor, $"/runs/compare?a={working.RunId}")).ShouldContain($"<option value=\"{other}\"");
        var html = await ReadAsync(visitor, $"/runs/compare?a={working.RunId}&b={other}");

        html.Split("<video ").Length.ShouldBe(3);
        html.ShouldContain("<th scope=\"row\">Prompt</th><td class=\"value\">slow push in</td><td class=\"value\">pan left</td>");
        html.ShouldNotContain("<th scope=\"row\">Duration</th>");
    }

    private static async Task<string> ReadAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
