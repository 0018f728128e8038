using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Engines;

namespace Kinema.Core.Tests.Catalog;

/// <summary>Numbers, lists, frames and settings of an engine, as the manifests of the open Wan models have them.</summary>
public sealed class EngineSettingTests
{
    private const string Image = "\"image_url\":\"https://example.com/a.png\"";

    [Fact]
    public void Given_settings_reach_the_engine_by_their_names_and_others_are_absent()
    {
        var input = Accept($$"""{{{Image}},"num_inference_steps":20.0,"guidance_scale":3.50,"scheduler":"euler","loras":["film","anime"]}""");
        var settings = input.ToRequest().Settings;

        settings.ToDictionary(setting => setting.Key, setting => setting.Value.GetRawText()).ShouldBe(new Dictionary<string, string>
        {
            ["num_inference_steps"] = "20",
            ["guidance_scale"] = "3.5",
            ["scheduler"] = "\"euler\"",
            ["loras"] = "[\"film\",\"anime\"]",
        }, ignoreOrder: true);
        input.ToJson().ToJsonString().ShouldContain("\"guidance_scale\":3.5,");
    }

    [Fact]
    public void The_stored_input_is_accepted_again_with_the_same_settings()
    {
        var first = Accept($$"""{{{Image}},"guidance_scale":3.5,"loras":["film"],"num_frames":33}""").WithSeed(7);
        var again = InputValidator.Validate(TestCatalog.OpenWan, JsonElement.Parse(first.ToJson().ToJsonString())).Input!;

        JsonNode.DeepEquals(again.ToJson(), first.ToJson()).ShouldBeTrue(again.ToJson().ToJsonString());
        again.DurationSeconds.ShouldBe(first.DurationSeconds);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(17, 1)]
    [InlineData(21, 2)]
    [InlineData(81, 5)]
    public void The_duration_follows_from_the_frames(int frames, int seconds)
    {
        var input = Accept($$"""{{{Image}},"num_frames":{{frames}}}""");

        input.DurationSeconds.ShouldBe(seconds);
        input.Values.Keys.ShouldNotContain("duration");
        input.ToRequest().Settings["num_frames"].GetInt32().ShouldBe(frames);
    }

    [Fact]
    public void Frames_and_a_duration_are_not_given_together() =>
        Refuse($$"""{{{Image}},"num_frames":17,"duration":5}""").ShouldBe(("num_frames", FieldErrorTypes.NotTogether, "input.num_frames cannot be given together with duration"));

    [Theory]
    [InlineData("num_frames", "18", FieldErrorTypes.Value, "input.num_frames must be an integer from 5 to 81 in steps of 4; got 18")]
    [InlineData("num_frames", "85", FieldErrorTypes.OutOfRange, "input.num_frames must be an integer from 5 to 81 in steps of 4; got 85")]
    [InlineData("guidance_scale", "0.99", FieldErrorTypes.OutOfRange, "input.guidance_scale must be a number from 1 to 20; got 0.99")]
    [InlineData("guidance_scale", "\"3.5\"", FieldErrorTypes.Type, "input.guidance_scale must be a number from 1 to 20; got \"3.5\" (string); write 3.5 without quotes")]
    [InlineData("guidance_scale", "3.0000000000000000000000000000000001", FieldErrorTypes.Value, "input.guidance_scale must be a number from 1 to 20 with at most 28 digits; got 3.0000000000000000000000000000000001")]
    [InlineData("guidance_scale", "1e400", FieldErrorTypes.OutOfRange, "input.guidance_scale must be a number from 1 to 20; got 1e400")]
    [InlineData("scheduler", "\"ddim\"", FieldErrorTypes.NotAllowed, "input.scheduler must be one of \"unipc\", \"euler\", \"distilled\"; got \"ddim\" (string)")]
    [InlineData("loras", "\"film\"", FieldErrorTypes.Type, "input.loras must be an array of at most 8 strings of at most 64 characters; got \"film\" (string)")]
    [InlineData("loras", "[\"a\",\"a\"]", FieldErrorTypes.Value, "input.loras must not name \"a\" twice")]
    [InlineData("loras", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]", FieldErrorTypes.TooLong, "input.loras must be an array of at most 8 strings of at most 64 characters; got 9")]
    public void A_value_beyond_the_manifest_is_refused_with_what_is_allowed(string field, string value, string type, string message) =>
        Refuse($$"""{{{Image}},"{{field}}":{{value}}}""").ShouldBe((field, type, message));

    [Fact]
    public void An_error_in_a_list_names_the_item()
    {
        var error = InputValidator.Validate(TestCatalog.OpenWan, JsonElement.Parse($$"""{{{Image}},"loras":["film",7]}""")).Errors.ShouldHaveSingleItem();

        error.Location.ShouldBe(["body", "input", "loras", "1"]);
        error.Message.ShouldBe("input.loras[1] must be a string of at most 64 characters; got 7");
    }

    [Theory]
    [InlineData("audio_url", "\"https://example.com/a.wav\"", "is not a field of this model")]
    [InlineData("video_url", "\"https://example.com/a.mp4\"", "is not a field of this model")]
    [InlineData("duration", "15", "must be an integer from 1 to 5 (seconds); got 15")]
    [InlineData("resolution", "\"1080p\"", "must be one of \"480p\", \"720p\"; got \"1080p\" (string)")]
    public void What_the_model_cannot_do_is_refused_with_the_reason(string field, string value, string reason) =>
        Refuse($$"""{{{Image}},"{{field}}":{{value}}}""").Message.ShouldStartWith($"input.{field} {reason}");

    [Fact]
    public void A_model_between_two_pictures_needs_both() =>
        InputValidator.Validate(TestCatalog.FirstLast, JsonElement.Parse($"{{{Image}}}")).Errors.ShouldHaveSingleItem().Message.ShouldBe("input.end_image_url is required");

    [Theory]
    [InlineData("480p", VideoResolution.Sd480)]
    [InlineData("720p", VideoResolution.Hd720)]
    public void The_resolution_is_the_engines(string name, VideoResolution resolution) =>
        Accept($$"""{{{Image}},"resolution":"{{name}}"}""").ToRequest().Resolution.ShouldBe(resolution);

    [Fact]
    public void It_costs_nothing_and_has_the_reference_negative_prompt()
    {
        var input = Accept($"{{{Image}}}");

        input.Price.ToString().ShouldBe("0.00");
        input.Model.Price.Label.ShouldBe("free");
        input.ToRequest().NegativePrompt.ShouldNotBeNull().ShouldStartWith("色调艳丽");
        input.ToRequest().Settings.ShouldBeEmpty();
    }

    private static ValidatedInput Accept(string json)
    {
        var result = InputValidator.Validate(TestCatalog.OpenWan, JsonElement.Parse(json));
        result.Errors.ShouldBeEmpty();
        return result.Input!;
    }

    private static (string Field, string Type, string Message) Refuse(string json)
    {
        var error = InputValidator.Validate(TestCatalog.OpenWan, JsonElement.Parse(json)).Errors.ShouldHaveSingleItem();
        return (error.Location[2], error.Type, error.Message);
    }
}
