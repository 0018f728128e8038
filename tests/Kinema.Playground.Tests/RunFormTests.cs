using System.Text.Json.Nodes;
using Bunit;
using Kinema.Core.Catalog;
using Kinema.Playground.Models;
using Kinema.TestSupport;

namespace Kinema.Playground.Tests;

/// <summary>The form follows from the manifest: type and meaning of a field choose its control.</summary>
public sealed class RunFormTests : IDisposable
{
    private readonly BunitContext _bunit = new();

    private static string Wan { get; } = File.ReadAllText(Repository.File("catalog", "alibaba", "wan", "v2.7", "image-to-video.json"));

    private static string Second { get; } = File.ReadAllText(Repository.File("tests", "Kinema.Core.Tests", "Catalog", "Fixtures", "second-model.json"));

    private static string OpenWan { get; } = File.ReadAllText(Repository.File("catalog", "wan-video", "wan2.2", "i2v-a14b.json"));

    [Theory]
    [InlineData("prompt", "textarea")]
    [InlineData("image_url", "input[type=file][accept='image/jpeg,image/png,image/bmp,image/webp']")]
    [InlineData("video_url", "input[type=file][accept='video/mp4,video/quicktime']")]
    [InlineData("audio_url", "input[type=file][accept='audio/wav,audio/mpeg']")]
    [InlineData("resolution", "input[type=radio][value='1080p'][checked]")]
    [InlineData("duration", "input[type=range][min='2'][max='15'][value='5']")]
    [InlineData("seed", "input[type=number][max='2147483647']")]
    [InlineData("seed", "button[data-dice]")]
    [InlineData("enable_safety_checker", "input[type=checkbox][checked]")]
    [InlineData("prompt", "button[data-move='orbit left']")]
    public void A_field_gets_its_control(string field, string control) => Render(Wan).Find($"[data-field={field}] {control}").ShouldNotBeNull();

    [Theory]
    [InlineData("words", "textarea")]
    [InlineData("still", "input[type=file]")]
    [InlineData("length", "input[type=range][min='1'][max='4']")]
    [InlineData("dice", "button[data-dice]")]
    public void Another_model_s_fields_get_theirs_whatever_their_names_are(string field, string control) =>
        Render(Second).Find($"[data-field={field}] {control}").ShouldNotBeNull();

    [Theory]
    [InlineData("num_frames", "input[type=number][min='5'][max='81'][step='4'][placeholder='from the duration']")]
    [InlineData("num_inference_steps", "input[type=number][step='1']:not([value])")]
    [InlineData("guidance_scale", "input[type=number][step='any'][inputmode='decimal']")]
    [InlineData("scheduler", "input[type=radio][value=''][checked]")]
    [InlineData("loras", "textarea[placeholder='one in each line']")]
    [InlineData("duration", "input[type=range][min='1'][max='5']")]
    public void A_setting_of_the_engine_gets_its_control_and_may_be_left_to_the_engine(string field, string control) =>
        Render(OpenWan).Find($"[data-field={field}] {control}").ShouldNotBeNull();

    [Fact]
    public void A_list_shows_what_the_engine_offers_and_what_is_given()
    {
        var offered = new Dictionary<string, IReadOnlyList<string>> { ["loras"] = ["film", "anime"] };
        var boxes = Render(OpenWan, new() { ["loras"] = new JsonArray("anime") }, offered).FindAll("[data-field=loras] input[type=checkbox]");

        boxes.Select(box => (box.GetAttribute("value"), box.HasAttribute("checked"))).ShouldBe([("film", false), ("anime", true)]);
        Render(OpenWan, offered: new() { ["loras"] = [] }).Find("[data-field=loras]").TextContent.ShouldContain("This server offers none.");
        Render(OpenWan, new() { ["loras"] = new JsonArray("anime", "film") }).Find("[data-field=loras] textarea").TextContent.ShouldBe("anime\nfilm");
    }

    [Fact]
    public void Every_field_has_a_control_with_a_label_a_meaning_and_a_place_for_its_problem()
    {
        var form = Render(Wan);
        foreach (var field in ManifestReader.Read(Wan, "wan").Inputs)
        {
            var element = form.Find($"[data-field={field.Name}]");
            element.QuerySelector($"#help-{field.Name}")!.TextContent.ShouldContain(field.Description);
            element.QuerySelector($"#problem-{field.Name}")!.GetAttribute("role").ShouldBe("alert");
            var named = element.QuerySelector($"[name={field.Name}]").ShouldNotBeNull(field.Name);
            var hasName = named.HasAttribute("aria-label") || named.Closest("label") is not null || element.QuerySelector($"label[for={named.Id}]") is not null;
            hasName.ShouldBeTrue(field.Name);
        }
    }

    [Fact]
    public void What_most_people_leave_alone_is_folded()
    {
        var folded = Render(Wan).FindAll("details.advanced [data-field]").Select(field => field.GetAttribute("data-field"));
        folded.ShouldBe(["negative_prompt", "enable_prompt_expansion", "seed", "enable_safety_checker"]);
    }

    [Fact]
    public void First_and_last_frame_stand_side_by_side() =>
        Render(Wan).FindAll(".media-grid > [data-field]").Select(field => field.GetAttribute("data-field")).Take(2).ShouldBe(["image_url", "end_image_url"]);

    [Fact]
    public void The_rules_between_fields_are_there_in_words()
    {
        var rules = Render(Wan).FindAll(".rule").Select(rule => rule.TextContent);
        rules.ShouldBe(["Give First frame or Clip to continue: exactly one of them.", "Clip to continue and Sound exclude each other."]);
    }

    [Theory]
    [InlineData("0.10", 5, "$0.50")]
    [InlineData("0.025", 3, "$0.075")]
    [InlineData("0.000001", 15, "$0.000015")]
    public void The_price_is_that_of_the_duration(string amount, int duration, string price)
    {
        var manifest = JsonNode.Parse(Wan)!;
        manifest["price"]!["amount"] = amount;
        Render(manifest.ToJsonString(), new() { ["duration"] = duration }).Find("[data-price]").TextContent.ShouldBe(price);
    }

    [Fact]
    public void Given_values_stand_in_their_fields_and_unfold_what_they_need()
    {
        var form = Render(Wan, new() { ["prompt"] = "a <b>", ["seed"] = 7, ["resolution"] = "720p", ["enable_safety_checker"] = false, ["image_url"] = "https://example.com/a.png" });

        form.Find("[name=prompt]").TextContent.ShouldBe("a <b>");
        form.Find("[name=seed]").GetAttribute("value").ShouldBe("7");
        form.Find("[name=resolution][checked]").GetAttribute("value").ShouldBe("720p");
        form.Find("[name=enable_safety_checker]").HasAttribute("checked").ShouldBeFalse();
        form.Find("[name=image_url]").GetAttribute("value").ShouldBe("https://example.com/a.png");
        form.Find("details.advanced").HasAttribute("open").ShouldBeTrue();
        Render(Wan).Find("details.advanced").HasAttribute("open").ShouldBeFalse();
    }

    public void Dispose() => _bunit.Dispose();

    private IRenderedComponent<RunForm> Render(string manifest, JsonObject? input = null, Dictionary<string, IReadOnlyList<string>>? offered = null) => _bunit.Render<RunForm>(form => form
        .Add(f => f.Model, ManifestReader.Read(manifest, "model.json"))
        .Add(f => f.Start, new FormStart(input ?? []))
        .Add(f => f.UploadLimit, new UploadLimit(50_000_000))
        .Add(f => f.Offered, offered)
        .Add(f => f.Root, ""));
}
