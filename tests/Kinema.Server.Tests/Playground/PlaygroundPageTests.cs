using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.Server.Tests.Pages;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>The model page's tabs Playground and Examples.</summary>
public sealed class PlaygroundPageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Page = "/models/alibaba/wan/v2.7/image-to-video";

    [Fact]
    public async Task A_stranger_sees_the_whole_form_and_is_asked_to_sign_in_where_it_would_run()
    {
        using var reader = shared.Server.CreateClient();
        using var answer = await reader.GetAsync(Page, Ct);
        var html = await answer.Content.ReadAsStringAsync(Ct);

        html.ShouldContain("Sign in to run");
        html.ShouldNotContain("data-signed-in");
        html.ShouldContain("name=\"prompt\"");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("form-action 'none'");
        html.ShouldNotContain(" style=");
        html.Split(" src=\"").Skip(1).ShouldAllBe(part => part.StartsWith('/'));
    }

    [Fact]
    public async Task A_visitor_can_run_it()
    {
        using var visitor = await Visitor.SignInAsync(shared.Server);
        var html = await ReadAsync(visitor, Page);

        html.ShouldContain("data-signed-in=\"true\"");
        html.ShouldContain("data-run");
        html.ShouldNotContain("Sign in to run");
        html.ShouldContain("data-upload-limit=\"52428800\"");
    }

    [Fact]
    public async Task A_second_manifest_gets_a_form_of_its_own_fields_without_code()
    {
        using var folder = new TemporaryFolder();
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Models", "second-model.json"), Ct))!;
        manifest["inputs"]![0]!["display_name"] = "Words <b>";
        await File.WriteAllTextAsync(folder.File("second.json"), manifest.ToJsonString(), Ct);
        await using var server = await TestServer.StartIdleAsync([$"Server:CatalogFolder={folder.FullPath}"]);
        using var reader = server.CreateClient();
        var html = await reader.GetStringAsync($"/models/{manifest["slug"].Text()}", Ct);

        foreach (var field in manifest["inputs"]!.AsArray())
            html.ShouldContain($"data-field=\"{field!["name"].Text()}\"");
        html.ShouldContain("Words &lt;b&gt;");
        html.ShouldNotContain("data-field=\"image_url\"");
        html.ShouldContain($"/v1/models/{manifest["slug"].Text()}/runs");
        (await reader.GetAsync($"/models/{manifest["slug"].Text()}?tab=examples", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_run_s_input_fills_the_form_for_its_own_organisation_only()
    {
        var body = SharedServer.RunBody();
        body["input"]!["prompt"] = "orbit <left>";
        body["input"]!["seed"] = 77;
        var id = (await shared.CreateRunAsync(body))["id"].Text();
        using var visitor = await Visitor.SignInAsync(shared.Server);
        using var other = await Visitor.SignInAsync(shared.Server, shared.Other.Token);
        using var stranger = new Visitor(shared.Server.Url);

        var html = await ReadAsync(visitor, $"{Page}?from={id}");
        html.ShouldContain("orbit &lt;left&gt;</textarea>");
        html.ShouldContain("value=\"https://images.example.com/coffee.png\"");
        html.ShouldContain("value=\"77\"");
        html.ShouldContain("<details class=\"advanced\" open");
        html.ShouldContain("$0.20</output>");
        (await ReadAsync(other, $"{Page}?from={id}")).ShouldNotContain("orbit &lt;left&gt;");
        using var asked = await stranger.GetAsync($"{Page}?from={id}");
        asked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        asked.Headers.Location!.OriginalString.ShouldBe($"/sign-in?return={Uri.EscapeDataString($"{Page}?from={id}")}");
    }

    [Theory]
    [InlineData("{0}v1/files/artifacts/a/b.png?expires=1&signature=x", true)]
    [InlineData("/v1/files/artifacts/a/b.png?expires=1&signature=x", true)]
    [InlineData("https://evil.example.com/v1/files/a.png", false)]
    [InlineData("/v1/../evil.png", false)]
    [InlineData("javascript:alert(1)", false)]
    public async Task A_link_fills_in_only_files_of_this_server(string url, bool isTaken)
    {
        using var reader = shared.Server.CreateClient();
        var html = await reader.GetStringAsync($"{Page}?image={Uri.EscapeDataString(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, shared.Server.Url))}", Ct);
        html.Contains("data-given=\"true\"", StringComparison.Ordinal).ShouldBe(isTaken);
        html.ShouldNotContain("evil");
    }

    [Fact]
    public async Task A_run_stands_beside_the_form()
    {
        var id = (await shared.CreateRunAsync())["id"].Text();
        using var visitor = await Visitor.SignInAsync(shared.Server);
        (await ReadAsync(visitor, $"{Page}?run={id}")).ShouldContain($"<kinema-run run-id=\"{id}\" status=\"queued\"");
        (await ReadAsync(visitor, $"{Page}?run=nonsense")).ShouldNotContain("<kinema-run");
    }

    [Fact]
    public async Task The_examples_lead_to_a_form_that_is_filled_in()
    {
        using var reader = shared.Server.CreateClient();
        var html = await reader.GetStringAsync($"{Page}?tab=examples", Ct);
        html.ShouldContain("Product on a pedestal");
        foreach (var link in PageLinks.Of(html).Where(link => link.Contains("?example=", StringComparison.Ordinal) || link.Contains("?sample=", StringComparison.Ordinal)).ToList())
            (await reader.GetStringAsync(link, Ct)).ShouldContain("data-given=\"true\"", customMessage: link);
        foreach (var picture in html.Split("<img src=\"").Skip(1).Select(part => part.Split('"')[0]))
            (await reader.GetAsync(picture, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, picture);
    }

    [Fact]
    public async Task The_first_view_is_at_most_120_KB()
    {
        using var visitor = await Visitor.SignInAsync(shared.Server);
        var html = await ReadAsync(visitor, Page);
        var waiting = new Queue<string>(PageLinks.Of(html).Where(link => link.StartsWith("/pages/", StringComparison.Ordinal) || link.StartsWith("/playground/", StringComparison.Ordinal)));
        var sizes = new Dictionary<string, int> { [Page] = Encoding.UTF8.GetByteCount(html) };
        while (waiting.TryDequeue(out var path))
        {
            if (sizes.ContainsKey(path))
                continue;

            var text = await ReadAsync(visitor, path);
            using var answer = await visitor.GetAsync(path);
            sizes[path] = (await answer.Content.ReadAsByteArrayAsync(Ct)).Length;
            if (path.EndsWith(".js", StringComparison.Ordinal))
            {
                foreach (var import in text.Split('\n').Where(line => line.StartsWith("import ", StringComparison.Ordinal)))
                    waiting.Enqueue(new Uri(new Uri(shared.Server.Url, path), import.Split('"')[1]).AbsolutePath);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', sizes.Select(size => $"{size.Value,7} {size.Key}")));
        sizes.Count.ShouldBeGreaterThan(15);
        sizes.Values.Sum().ShouldBeLessThanOrEqualTo(120_000);
    }

    private static async Task<string> ReadAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
