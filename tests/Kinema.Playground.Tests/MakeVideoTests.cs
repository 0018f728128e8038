using Kinema.TestSupport;

namespace Kinema.Playground.Tests;

/// <summary>From a photograph to a playing video, with the real engine.</summary>
public sealed class MakeVideoTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_dropped_photograph_becomes_a_playing_video()
    {
        await using var scene = await Scene.StartAsync(browser);
        await scene.SignInAsync(Scene.ModelPage);

        await Scene.DropAsync(scene.Page, "First frame", Samples.Photograph("rocket"));
        await scene.Page.Locator("textarea[name=prompt]").FillAsync("slow push in");
        await scene.Page.Locator("input[name=duration]").First.FillAsync("2");
        await scene.Page.GetByText("720p", new() { Exact = true }).ClickAsync();
        (await scene.Page.Locator("[data-price]").TextContentAsync()).ShouldBe("$0.20");
        await scene.RunButton.ClickAsync();

        await scene.UntilAsync("succeeded");
        await scene.Page.WaitForFunctionAsync("() => { const video = document.querySelector('kinema-run video'); return video && video.readyState >= 2 && video.videoWidth > 0; }");
        await scene.Page.EvaluateAsync("document.querySelector('kinema-run video').play()");
        await scene.Page.WaitForFunctionAsync("() => document.querySelector('kinema-run video').currentTime > 0.2");
        (await scene.Page.EvaluateAsync<double>("document.querySelector('kinema-run video').duration")).ShouldBe(2, 0.05);
        scene.Page.Url.ShouldContain("run=");
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        await using var scene = await Scene.StartAsync(browser);
        await scene.GoToAsync("/sign-in");
        await scene.Page.Keyboard.PressAsync("Tab");
        while (await scene.Page.EvaluateAsync<string>("document.activeElement.id") != "key")
            await scene.Page.Keyboard.PressAsync("Tab");
        await scene.Page.Keyboard.TypeAsync(scene.Server.Caller.Token);
        await scene.Page.Keyboard.PressAsync("Enter");
        await scene.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await scene.GoToAsync(Scene.ModelPage);

        await scene.TabToAsync("document.activeElement.matches('.start')");
        await scene.Page.Keyboard.PressAsync("Enter");
        await scene.TabToAsync("document.activeElement.name === 'duration'");
        await scene.Page.Keyboard.PressAsync("Home");
        await scene.TabToAsync("document.activeElement.name === 'resolution' || document.activeElement.value === '720p'");
        await scene.Page.Keyboard.PressAsync("ArrowLeft");
        await scene.TabToAsync("document.activeElement.matches('[data-run]')");
        await scene.Page.Keyboard.PressAsync("Enter");

        await scene.UntilAsync("succeeded");
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_the_form_survives_a_reload()
    {
        await using var scene = await Scene.StartAsync(browser, ["Worker:Enabled=false"]);
        await scene.SignInAsync(Scene.ModelPage);
        await scene.Page.Locator("textarea[name=prompt]").FillAsync("kept");

        await scene.RunButton.ClickAsync();

        await scene.Page.Locator(".problem:visible").First.WaitForAsync();
        (await scene.Page.Locator(".problem:visible").First.TextContentAsync()).ShouldNotBeNull().ShouldContain("First frame");
        await scene.Page.ReloadAsync();
        (await scene.Page.Locator("textarea[name=prompt]").InputValueAsync()).ShouldBe("kept");
    }
}
