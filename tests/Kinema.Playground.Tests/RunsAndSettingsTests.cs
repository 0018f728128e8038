using System.Text;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using Microsoft.Playwright;

namespace Kinema.Playground.Tests;

/// <summary>The list of runs and the settings in a real browser.</summary>
public sealed class RunsAndSettingsTests(Browser browser) : IClassFixture<Browser>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_row_of_a_run_follows_it_to_its_end_and_times_are_the_reader_s()
    {
        await using var scene = await Scene.StartAsync(browser, options: new() { TimezoneId = "Asia/Tokyo", Locale = "en-GB" });
        scene.Page.SetDefaultTimeout(240_000);
        await scene.SignInAsync("/runs");
        await CreateRunAsync(scene);

        await scene.GoToAsync("/runs");
        await scene.Page.EvaluateAsync("window.isSamePage = true");
        await scene.Page.Locator("tbody .state.good").WaitForAsync();

        (await scene.Page.EvaluateAsync<bool>("window.isSamePage === true")).ShouldBeTrue();
        await scene.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "slow push in: succeeded" }).WaitForAsync();
        (await scene.Page.Locator("tbody time").InnerTextAsync()).ShouldNotContain("UTC");
        (await scene.Page.Locator("tbody time").GetAttributeAsync("title")).ShouldNotBeNull().ShouldContain("GMT+9");
        (await scene.Page.Locator("tbody .picture img").EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth > 0)")).ShouldBeTrue();
    }

    [Fact]
    public async Task On_a_phone_nothing_scrolls_sideways_and_a_key_is_created_and_revoked_by_keyboard()
    {
        await using var scene = await Scene.StartAsync(browser, ["Worker:Enabled=false"], new() { ViewportSize = new() { Width = 360, Height = 740 } });
        await scene.SignInAsync("/settings/keys");

        await scene.Page.GetByLabel("Name").FocusAsync();
        await scene.Page.Keyboard.TypeAsync("phone");
        await scene.Page.GetByLabel("runs:read").FocusAsync();
        await scene.Page.Keyboard.PressAsync("Space");
        await scene.Page.GetByLabel("Name").FocusAsync();
        await scene.Page.Keyboard.PressAsync("Enter");
        var token = await scene.Page.Locator("#once").InnerTextAsync();
        scene.Page.Url.ShouldNotContain(token);
        (await scene.Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length")).ShouldBe(0);
        await scene.Page.GetByRole(AriaRole.Link, new() { Name = "Revoke phone" }).FocusAsync();
        await scene.Page.Keyboard.PressAsync("Enter");
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke the key" }).ClickAsync();
        await scene.Page.GetByText("revoked").First.WaitForAsync();

        foreach (var path in new[]
        {
            "/runs", "/settings", "/settings/keys", "/settings/callback-secrets", "/settings/callback-secrets/rotation", "/settings/usage", "/settings/limits", "/settings/engines",
            "/settings/callback-tester",
        })
        {
            await scene.GoToAsync(path);
            (await scene.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360, path);
        }
    }

    private static async Task CreateRunAsync(Scene scene)
    {
        var body = new JsonObject
        {
            ["input"] = new JsonObject { ["prompt"] = "slow push in", ["duration"] = 2, ["resolution"] = "720p", ["image_url"] = Samples.DataUri(Samples.Photograph("cat")) },
        };
        using var answer = await scene.Server.Client.PostAsync(
            "/v1/models/alibaba/wan/v2.7/image-to-video/runs", new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), Ct);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Ct));
    }
}
