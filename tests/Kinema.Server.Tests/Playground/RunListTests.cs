using System.Net;
using Kinema.Core.Keys;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>The page of runs, as a browser without scripts has it.</summary>
public sealed class RunListTests(WorkingServer working) : IClassFixture<WorkingServer>
{
    [Fact]
    public async Task A_run_is_a_row_with_its_picture_and_a_link_to_its_page()
    {
        using var visitor = await Visitor.SignInAsync(working.Server);

        var html = await ReadAsync(visitor, "/runs");

        html.ShouldContain($"<a href=\"/runs/{working.RunId}\">slow push in</a>");
        html.ShouldContain("<span class=\"state good\">succeeded</span>");
        html.ShouldContain("$0.20");
        html.ShouldContain($"name=\"compare\" value=\"{working.RunId}\"");
        html.ShouldContain("aria-current=\"page\">Runs</a>");
        html.ShouldNotContain(" style=");
        var poster = WebUtility.HtmlDecode(html.Split("<img src=\"")[1].Split('"')[0]);
        poster.ShouldStartWith("/v1/files/artifacts/");
        using var picture = await visitor.GetAsync(poster);
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
    }

    [Theory]
    [InlineData("status=succeeded", true)]
    [InlineData("status=failed", false)]
    [InlineData("model=alibaba%2Fwan%2Fv2.7%2Fimage-to-video&engine=motion", true)]
    [InlineData("engine=other", false)]
    [InlineData("client_ref=it%27s", false)]
    [InlineData("from=2020-01-01", true)]
    [InlineData("to=2020-01-01", false)]
    [InlineData("q=status_code%3Afailed+OR+attempts%3E0", true)]
    [InlineData("q=status_code%3Afailed+OR+attempts%3E0&status=failed", false)]
    public async Task Fields_and_the_grammar_narrow_the_list_together(string query, bool isFound)
    {
        using var visitor = await Visitor.SignInAsync(working.Server);

        var html = await ReadAsync(visitor, $"/runs?{query}");

        html.Contains($"/runs/{working.RunId}\"", StringComparison.Ordinal).ShouldBe(isFound);
        html.Contains("No run matches.", StringComparison.Ordinal).ShouldBe(!isFound);
    }

    [Theory]
    [InlineData("q=stat%3A1", "f-q-problem", "names \"stat\" at column 1")]
    [InlineData("q=status_code%3Asucceeded+AND&engine=motion", "f-q-problem", "is not understood at column 23")]
    [InlineData("from=yesterday", "f-from-problem", "must be a day from 1970 on")]
    [InlineData("status=done", "f-status-problem", "must be of queued")]
    [InlineData("sort_by=prompt", "f-sort_by-problem", "allowed are status_code")]
    public async Task What_is_wrong_is_said_at_its_field(string query, string problem, string text)
    {
        using var visitor = await Visitor.SignInAsync(working.Server);

        using var answer = await visitor.GetAsync($"/runs?{query}");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await answer.Content.ReadAsStringAsync(Ct);
        html.ShouldContain($"aria-describedby=\"{problem}\"");
        WebUtility.HtmlDecode(html.Split($"id=\"{problem}\"")[1].Split("</div>")[0]).ShouldContain(text);
    }

    [Fact]
    public async Task Pages_lead_on_and_back_and_keep_the_filter()
    {
        await using var server = await TestServer.StartIdleAsync();
        for (var i = 0; i < 27; i++)
        {
            var body = SharedServer.RunBody();
            body["client_ref"] = "many";
            using var created = await server.Client.PostAsync(SharedServer.RunsPath, Json(body), Ct);
            created.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        using var visitor = await Visitor.SignInAsync(server);
        var first = await ReadAsync(visitor, "/runs?client_ref=many");
        var next = WebUtility.HtmlDecode(first.Split("\" rel=\"next\"")[0].Split("<a href=\"")[^1]);
        var second = await ReadAsync(visitor, next);

        Rows(first).ShouldBe(25);
        first.ShouldNotContain("rel=\"prev\"");
        first.ShouldContain("data-unfinished");
        next.ShouldContain("client_ref=many");
        Rows(second).ShouldBe(2);
        second.ShouldNotContain("rel=\"next\"");
        var back = WebUtility.HtmlDecode(second.Split("\" rel=\"prev\"")[0].Split("<a href=\"")[^1]);
        Rows(await ReadAsync(visitor, back)).ShouldBe(25);
    }

    [Fact]
    public async Task Two_ticked_runs_lead_to_their_comparison_and_any_other_number_is_explained()
    {
        using var visitor = await Visitor.SignInAsync(working.Server);
        var other = Guid.CreateVersion7();

        using var two = await visitor.GetAsync($"/runs?status=succeeded&compare={working.RunId}&compare={other}");
        var one = await ReadAsync(visitor, $"/runs?compare={working.RunId}");

        two.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        two.Headers.Location!.OriginalString.ShouldBe($"/runs/compare?a={working.RunId}&b={other}");
        one.ShouldContain("Tick two runs to compare; 1 is ticked.");
    }

    [Fact]
    public async Task Runs_of_others_and_visitors_without_the_scope_see_nothing()
    {
        using var stranger = await Visitor.SignInAsync(working.Server, (await working.Server.AddCallerAsync()).Token);
        using var poor = await Visitor.SignInAsync(working.Server, (await working.Server.AddKeyAsync(working.Server.Caller.OrgId, [Scopes.ModelsRead])).Token);
        using var anybody = new Visitor(working.Server.Url);

        (await ReadAsync(stranger, "/runs")).ShouldContain("No runs yet.");
        using var refused = await poor.GetAsync("/runs");
        using var unknown = await anybody.GetAsync("/runs?status=failed");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync(Ct)).ShouldContain("lacks the scope runs:read");
        unknown.Headers.Location!.OriginalString.ShouldBe("/sign-in?return=%2Fruns%3Fstatus%3Dfailed");
    }

    private static int Rows(string html) => html.Split("<tr role=\"row\" id=\"run-").Length - 1;

    private static async Task<string> ReadAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
