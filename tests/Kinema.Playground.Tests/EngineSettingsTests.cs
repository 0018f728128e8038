using Kinema.Engines;
using Kinema.TestSupport;

namespace Kinema.Playground.Tests;

/// <summary>The form of an open Wan model: nothing of it is written for that model.</summary>
public sealed class EngineSettingsTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly EngineDescriptor _wan = new()
    {
        Id = "wan-i2v-a14b",
        Version = "test",
        DisplayName = "Wan",
        MediaRoles = [MediaRole.FirstFrame, MediaRole.LastFrame],
        Resolutions = [VideoResolution.Sd480, VideoResolution.Hd720],
        MinDurationSeconds = 1,
        MaxDurationSeconds = 5,
        Settings = ["num_frames", "num_inference_steps", "guidance_scale", "guidance_scale_2", "flow_shift", "scheduler", "loras"],
        SettingValues = new Dictionary<string, IReadOnlyList<string>> { ["loras"] = ["film", "anime"] },
    };

    [Fact]
    public async Task Numbers_lists_and_frames_are_checked_sent_and_priced()
    {
        await using var scene = await Scene.StartAsync(
            browser, ["Prices:wan-video/wan2.2/i2v-a14b=0.05"], engine: new TestEngine(TimeSpan.Zero, TimeProvider.System) { Descriptor = _wan });
        await scene.SignInAsync("/models/wan-video/wan2.2/i2v-a14b");
        var price = scene.Page.Locator("[data-price]");
        var code = scene.Page.Locator("[data-language=curl]");
        (await price.TextContentAsync()).ShouldBe("$0.25");

        await Scene.DropAsync(scene.Page, "First frame", Samples.Photograph("rocket"));
        await scene.Page.GetByText("Advanced", new() { Exact = true }).ClickAsync();
        await scene.Page.Locator("input[name=guidance_scale]").FillAsync("21");
        (await scene.Page.Locator("#problem-guidance_scale").TextContentAsync()).ShouldBe("Guidance must be a number from 1 to 20.");
        await scene.Page.Locator("input[name=guidance_scale]").FillAsync("3.5");
        await scene.Page.Locator("input[name=num_frames]").FillAsync("18");
        (await scene.Page.Locator("#problem-num_frames").TextContentAsync()).ShouldBe("Frames must be a number from 5 to 81 in steps of 4.");
        await scene.Page.Locator("input[name=num_frames]").FillAsync("17");
        await scene.Page.GetByLabel("anime").CheckAsync();

        (await price.TextContentAsync()).ShouldBe("$0.05");
        await scene.Page.WaitForFunctionAsync("() => document.querySelector('[data-language=curl]').textContent.includes('\"anime\"')");
        var text = (await code.TextContentAsync())!;
        text.ShouldContain("\"guidance_scale\": 3.5");
        text.ShouldContain("\"num_frames\": 17");
        text.ShouldNotContain("\"duration\"");
        text.ShouldNotContain("negative_prompt");
        await scene.RunButton.ClickAsync();
        await scene.UntilAsync("succeeded");
    }
}
