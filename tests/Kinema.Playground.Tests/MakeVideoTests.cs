using System.Text.Json.Nodes;
using Kinema.TestSupport;
using Microsoft.Playwright;

namespace Kinema.Playground.Tests;

/// <summary>Filling in the form of a model in a real browser.</summary>
public sealed class MakeVideoTests(Browser browser) : IClassFixture<Browser>
{
    private const string Model = "/models/alibaba/wan/v2.7/image-to-video";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photograph_from_disk_becomes_a_run_with_the_price_and_the_code_that_the_page_showed()
    {
        await using var scene = await Scene.StartAsync(browser, ["Worker:Enabled=false"]);
        await scene.SignInAsync(Model);
        var page = scene.Page;

        await page.Locator("[data-field=image_url] input[type=file]").SetInputFilesAsync(Samples.Photograph("cat"));
        await Assertions.Expect(page.Locator("[data-field=image_url] .about")).ToContainTextAsync("451 × 300");
        await Assertions.Expect(page.Locator("[name=image_url]")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^runflow://assets/"));
        await page.GetByText("Camera moves", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "orbit right", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "crane up", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("[name=prompt]")).ToHaveValueAsync("orbit right, then crane up");
        await page.Locator("[name=duration]").FillAsync("7");
        await Assertions.Expect(page.Locator("[data-price]")).ToHaveTextAsync("$0.70");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Python" }).CheckAsync();
        await Assertions.Expect(page.Locator("[data-language=python]")).ToContainTextAsync("\"duration\": 7");

        // A model without a worker refuses the run, in words below the button.
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-form-problem]")).ToContainTextAsync("No worker serves");
        scene.Forget(problem => problem.Contains("503", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_begins_beside_the_form_and_is_still_there_after_a_reload()
    {
        await using var scene = await Scene.StartAsync(browser);
        await scene.SignInAsync(Model);
        var page = scene.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Cat", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("[name=image_url]")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^runflow://assets/"));
        await page.Locator("[name=duration]").FillAsync("2");
        await page.GetByLabel("720p").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();

        await page.Locator("kinema-run").WaitForAsync();
        var id = await page.Locator("kinema-run").GetAttributeAsync("run-id");
        new Uri(page.Url).Query.ShouldBe($"?run={id}");
        await page.ReloadAsync();
        (await page.Locator("kinema-run").GetAttributeAsync("run-id")).ShouldBe(id);
        var run = JsonNode.Parse(await scene.Server.Client.GetStringAsync($"/v1/runs/{id}", Ct))!;
        run["source_code"]!.GetValue<string>().ShouldBe("playground");
        run["input"]!["prompt"]!.GetValue<string>().ShouldBe("truck left");
        run["input"]!["duration"]!.GetValue<int>().ShouldBe(2);
        await scene.Server.Client.PostAsync($"/v1/runs/{id}/cancellation", null, Ct);
        scene.Forget(problem => problem.Contains("run.js", StringComparison.Ordinal) || problem.Contains("404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_field_in_words()
    {
        await using var scene = await Scene.StartAsync(browser, ["Worker:Enabled=false", "Server:MaxUploadBytes=100000"]);
        await scene.SignInAsync(Model);
        var page = scene.Page;
        ILocator ProblemOf(string field) => page.Locator($"#problem-{field}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Assertions.Expect(ProblemOf("image_url")).ToHaveTextAsync("Give First frame or Clip to continue.");
        await page.Locator("[name=image_url]").FillAsync("https://example.com/a.png");
        await page.Locator("[name=video_url]").FillAsync("https://example.com/a.mp4");
        await page.Locator("[name=video_url]").BlurAsync();
        await Assertions.Expect(ProblemOf("video_url")).ToContainTextAsync("exclude each other");
        await page.Locator("[data-field=video_url]").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(ProblemOf("image_url")).ToBeHiddenAsync();

        await page.Locator("[data-field=image_url] input[type=file]").SetInputFilesAsync(Samples.Photograph("cat"));
        await Assertions.Expect(ProblemOf("image_url")).ToContainTextAsync("takes uploads of up to 100 KB");
        await page.Locator("[data-field=image_url] input[type=file]").SetInputFilesAsync(new FilePayload { Name = "a.txt", MimeType = "text/plain", Buffer = [1] });
        await Assertions.Expect(ProblemOf("image_url")).ToContainTextAsync("must be one of JPEG, PNG, BMP, WEBP");
    }

    [Fact]
    public async Task The_form_is_kept_through_signing_in_and_has_no_key_in_it()
    {
        await using var scene = await Scene.StartAsync(browser, ["Worker:Enabled=false"]);
        var page = scene.Page;
        await scene.GoToAsync(Model);
        await page.Locator("[name=prompt]").FillAsync("a slow push in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cat", Exact = true }).ClickAsync();
        await page.Locator("[name=prompt]").FillAsync("a slow pull out");

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in to run" }).ClickAsync();
        await page.GetByLabel("API key").FillAsync(scene.Server.Caller.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page.Locator("[name=prompt]")).ToHaveValueAsync("a slow pull out");
        await Assertions.Expect(page.Locator("[name=image_url]")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^runflow://assets/"));
        (await page.EvaluateAsync<string>("JSON.stringify(sessionStorage)")).ShouldNotContain(scene.Server.Caller.Token);
    }
}
