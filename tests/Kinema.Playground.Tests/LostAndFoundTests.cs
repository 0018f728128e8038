using System.Text.Json.Nodes;
using Kinema.Core.Keys;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Kinema.Playground.Tests;

/// <summary>What goes wrong between a person and a run: an answer, a session or a run is lost, and nothing else is.</summary>
public sealed class LostAndFoundTests(Browser browser) : IClassFixture<Browser>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        await using var scene = await Scene.StartHeldAsync(browser, new(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true });
        scene.Forget(problem => problem.Contains("ERR_CONNECTION_RESET", StringComparison.Ordinal));
        string? made = null;
        await scene.Page.RouteAsync(
            "**/v1/models/**/runs",
            async route =>
            {
                var answer = await route.FetchAsync();
                made = (await answer.JsonAsync())!.Value.GetProperty("id").GetString();
                await route.AbortAsync("connectionreset");
            },
            new() { Times = 1 });

        await scene.BeginRunAsync();

        await scene.UntilAsync("running");
        (await scene.Page.Locator("kinema-run").GetAttributeAsync("run-id")).ShouldBe(made.ShouldNotBeNull());
        (await RunsAsync(scene)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_ends_in_the_middle_of_a_form_loses_nothing_of_it()
    {
        await using var scene = await Scene.StartHeldAsync(browser, new(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true });
        scene.Forget(problem => problem.Contains("401", StringComparison.Ordinal));
        var first = await scene.Server.AddKeyAsync(scene.Server.Caller.OrgId);
        await Scene.SignInAsync(scene.Page, scene.Server.Url, first.Token, Scene.ModelPage);
        await Scene.DropAsync(scene.Page, "First frame", Samples.Photograph("cat"));
        await scene.Page.Locator("textarea[name=prompt]").FillAsync("two\nlines");
        await scene.Page.Locator("input[name=duration]").FillAsync("3");
        await scene.Page.GetByText("Advanced", new() { Exact = true }).ClickAsync();
        await scene.Page.Locator("input[name=seed]").FillAsync("77");
        await scene.Page.WaitForFunctionAsync("() => document.querySelector('[name=image_url]').value.startsWith('runflow://assets/')");
        var keys = scene.Server.Services.GetRequiredService<IApiKeys>();
        await keys.RevokeAsync(first.OrgId, (await keys.AuthenticateAsync(first.Token, Ct))!.Id, Ct);

        await scene.RunButton.ClickAsync();
        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await scene.Page.GetByLabel("API key").FillAsync(scene.Server.Caller.Token);
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await scene.Page.GetByText("cat-451x300.png").WaitForAsync();
        await scene.RunButton.ClickAsync();

        await scene.UntilAsync("running");
        var input = (await RunsAsync(scene)).ShouldHaveSingleItem()!["input"]!;
        input["prompt"]!.GetValue<string>().ShouldBe("two\nlines");
        input["duration"]!.GetValue<int>().ShouldBe(3);
        input["seed"]!.GetValue<int>().ShouldBe(77);
    }

    [Fact]
    public async Task The_input_of_a_run_to_change_survives_a_reload_before_anything_was_changed()
    {
        await using var scene = await Scene.StartAsync(browser, ["Worker:Enabled=false"]);
        await scene.SignInAsync($"{Scene.ModelPage}?prompt=crane+up");
        scene.Page.Url.ShouldNotContain("prompt");

        await scene.Page.ReloadAsync();

        (await scene.Page.Locator("textarea[name=prompt]").InputValueAsync()).ShouldBe("crane up");
    }

    [Fact]
    public async Task A_run_that_failed_is_tried_again_with_the_same_input()
    {
        await using var pictures = await FileServer.StartAsync();
        await using var scene = await Scene.StartHeldAsync(browser, new(TimeSpan.Zero, TimeProvider.System));
        await scene.SignInAsync(Scene.ModelPage);
        await scene.Page.Locator("input[name=image_url]").FillAsync(new Uri(pictures.Url, "later.png").AbsoluteUri);
        await scene.Page.Locator("textarea[name=prompt]").FillAsync("orbit left");
        await scene.RunButton.ClickAsync();
        await scene.UntilAsync("failed");
        pictures.Put("later.png", await File.ReadAllBytesAsync(Samples.Photograph("cat"), Ct), "image/png");

        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await scene.UntilAsync("succeeded");
        var runs = await RunsAsync(scene);
        runs.Count.ShouldBe(2);
        runs[0]!["retry_of"]!.GetValue<string>().ShouldBe(runs[1]!["id"]!.GetValue<string>());
        runs[0]!["input"]!["prompt"]!.GetValue<string>().ShouldBe("orbit left");
        scene.Page.Url.ShouldContain(runs[0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_picture_is_pasted_and_so_is_a_text_that_has_a_picture_of_itself_with_it()
    {
        await using var scene = await Scene.StartAsync(browser, ["Worker:Enabled=false"], new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await scene.SignInAsync(Scene.ModelPage);
        var prompt = scene.Page.Locator("textarea[name=prompt]");

        await CopyAsync(scene.Page, "push in");
        await prompt.FocusAsync();
        await scene.Page.Keyboard.PressAsync("Control+V");
        (await prompt.InputValueAsync()).ShouldBe("push in");
        (await scene.Page.Locator("[data-field=image_url] .shown").IsHiddenAsync()).ShouldBeTrue();

        await CopyAsync(scene.Page, text: null);
        await scene.Page.Keyboard.PressAsync("Control+V");

        await scene.Page.WaitForFunctionAsync("() => document.querySelector('[name=image_url]').value.startsWith('runflow://assets/')");
        await scene.Page.GetByText("451 × 300").WaitForAsync();
        (await prompt.InputValueAsync()).ShouldBe("push in");
    }

    /// <summary>Copies a photograph, and the text that goes with it.</summary>
    private static async Task CopyAsync(IPage page, string? text) => await page.EvaluateAsync(
        """
        async ([picture, text]) => {
          const parts = { "image/png": new Blob([Uint8Array.from(atob(picture), letter => letter.charCodeAt(0))], { type: "image/png" }) };
          if (text) {
            parts["text/plain"] = new Blob([text], { type: "text/plain" });
          }
          await navigator.clipboard.write([new ClipboardItem(parts)]);
        }
        """,
        new[] { Convert.ToBase64String(await File.ReadAllBytesAsync(Samples.Photograph("cat"), Ct)), text });

    private static async Task<JsonArray> RunsAsync(Scene scene) => JsonNode.Parse(await scene.Server.Client.GetStringAsync("/v1/runs", Ct))!["items"]!.AsArray();
}
