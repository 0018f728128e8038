using System.Text.Json;
using Kinema.Core.Catalog;

namespace Kinema.Core.Tests.Catalog;

public sealed class InputValidatorTests
{
    private const string Image = "\"image_url\":\"https://example.com/a.png\"";

    [Fact]
    public void The_documented_example_is_accepted_with_every_default_applied()
    {
        var input = Accept("""
            {"prompt":"Product rotating slowly","duration":5,"image_url":"https://public.runflow.io/images/models/_base/product-sneaker.png","resolution":"1080p"}
            """);

        input.ToJson().ToJsonString().ShouldBe(
            """{"prompt":"Product rotating slowly","image_url":"https://public.runflow.io/images/models/_base/product-sneaker.png","resolution":"1080p","duration":5,"enable_prompt_expansion":true,"enable_safety_checker":true}""");
        input.Price.ToString().ShouldBe("0.50");
    }

    [Fact]
    public void An_image_alone_is_enough() => Accept($"{{{Image}}}").DurationSeconds.ShouldBe(5);

    [Fact]
    public void Null_means_absent() =>
        Accept($$"""{{{Image}},"duration":null,"seed":null,"video_url":null,"prompt":null}""").DurationSeconds.ShouldBe(5);

    [Theory]
    [InlineData("2", 2)]
    [InlineData("15", 15)]
    [InlineData("5.0", 5)]
    [InlineData("50e-1", 5)]
    [InlineData("0.5E1", 5)]
    public void An_integral_number_within_the_limits_is_a_duration(string literal, int seconds) =>
        Accept($$"""{{{Image}},"duration":{{literal}}}""").DurationSeconds.ShouldBe(seconds);

    [Theory]
    [InlineData("\"5\"", FieldErrorTypes.Type, "input.duration must be an integer from 2 to 15 (seconds); got \"5\" (string)")]
    [InlineData("\"NaN\"", FieldErrorTypes.Type, "input.duration must be an integer from 2 to 15 (seconds); got \"NaN\" (string)")]
    [InlineData("5.5", FieldErrorTypes.Type, "input.duration must be an integer from 2 to 15 (seconds); got 5.5")]
    [InlineData("5.00000000000000000000000000000000000000001", FieldErrorTypes.Type, "got 5.00000000000000000000000000000000000000001")]
    [InlineData("1e-400", FieldErrorTypes.Type, "got 1e-400")]
    [InlineData("1", FieldErrorTypes.OutOfRange, "input.duration must be an integer from 2 to 15 (seconds); got 1")]
    [InlineData("16", FieldErrorTypes.OutOfRange, "got 16")]
    [InlineData("-5", FieldErrorTypes.OutOfRange, "got -5")]
    [InlineData("1e400", FieldErrorTypes.OutOfRange, "got 1e400")]
    [InlineData("5e99999999999999999999", FieldErrorTypes.OutOfRange, "got 5e99999999999999999999")]
    [InlineData("99999999999999999999999999", FieldErrorTypes.OutOfRange, "got 99999999999999999999999999")]
    [InlineData("true", FieldErrorTypes.Type, "got true (boolean)")]
    [InlineData("[5]", FieldErrorTypes.Type, "got an array")]
    [InlineData("{}", FieldErrorTypes.Type, "got an object")]
    public void Any_other_duration_is_refused_by_name_with_the_given_and_the_allowed_values(string literal, string type, string message)
    {
        var error = RefuseOnce($$"""{{{Image}},"duration":{{literal}}}""");

        error.Location.ShouldBe(["body", "input", "duration"]);
        error.Type.ShouldBe(type);
        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2147483647")]
    public void A_seed_at_either_end_is_accepted(string seed) => Accept($$"""{{{Image}},"seed":{{seed}}}""").Get<long>(FieldMeaning.Seed).ShouldBe(long.Parse(seed));

    [Theory]
    [InlineData("-1")]
    [InlineData("2147483648")]
    public void A_seed_beyond_either_end_is_refused(string seed) =>
        RefuseOnce($$"""{{{Image}},"seed":{{seed}}}""").Message.ShouldBe($"input.seed must be an integer from 0 to 2147483647; got {seed}");

    [Theory]
    [InlineData("\"4k\"", FieldErrorTypes.NotAllowed, "input.resolution must be one of \"720p\", \"1080p\"; got \"4k\" (string)")]
    [InlineData("\"1080P\"", FieldErrorTypes.NotAllowed, "got \"1080P\" (string)")]
    [InlineData("1080", FieldErrorTypes.Type, "input.resolution must be one of \"720p\", \"1080p\"; got 1080")]
    public void A_resolution_that_is_not_listed_is_refused(string literal, string type, string message)
    {
        var error = RefuseOnce($$"""{{{Image}},"resolution":{{literal}}}""");

        error.Type.ShouldBe(type);
        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("\"true\"", "got \"true\" (string); write true without quotes")]
    [InlineData("1", "got 1")]
    public void A_boolean_must_be_true_or_false(string literal, string message) =>
        RefuseOnce($$"""{{{Image}},"enable_safety_checker":{{literal}}}""").Message.ShouldBe($"input.enable_safety_checker must be true or false; {message}");

    [Fact]
    public void A_prompt_that_is_not_text_is_refused() =>
        RefuseOnce($$"""{{{Image}},"prompt":7}""").Message.ShouldBe("input.prompt must be a string of at most 5000 characters; got 7");

    [Fact]
    public void The_length_of_a_prompt_counts_code_points_not_utf_16_units() =>
        Accept($$"""{{{Image}},"prompt":"{{string.Concat(Enumerable.Repeat("🎬", 5000))}}"}""").Get<string>(FieldMeaning.Prompt)!.Length.ShouldBe(10_000);

    [Theory]
    [InlineData("prompt", 5000)]
    [InlineData("negative_prompt", 500)]
    public void One_code_point_too_many_is_refused_with_the_count(string field, int longest)
    {
        Accept($$"""{{{Image}},"{{field}}":"{{new string('x', longest)}}"}""");
        var error = RefuseOnce($$"""{{{Image}},"{{field}}":"{{new string('x', longest + 1)}}"}""");

        error.Type.ShouldBe(FieldErrorTypes.TooLong);
        error.Message.ShouldBe($"input.{field} must be a string of at most {longest} characters; got {longest + 1} characters");
    }

    [Theory]
    [InlineData("\\ud83c")]
    [InlineData("\\udfac\\ud83c")]
    [InlineData("a\\u0000b")]
    public void Text_that_cannot_be_stored_is_refused(string text)
    {
        var error = RefuseOnce($$"""{{{Image}},"prompt":"{{text}}"}""");

        error.Type.ShouldBe(FieldErrorTypes.InvalidText);
        error.Message.ShouldStartWith("input.prompt must be text without NUL and without half of a surrogate pair");
    }

    [Theory]
    [InlineData("promt", "did you mean prompt?")]
    [InlineData("imageUrl", "did you mean image_url?")]
    [InlineData("duraiton", "did you mean duration?")]
    [InlineData("num_frames_per_chunk_of_latents", "its fields are prompt, image_url")]
    public void An_unknown_field_is_refused_with_the_nearest_name(string name, string hint)
    {
        var error = RefuseOnce($$"""{{{Image}},"{{name}}":1}""");

        error.Location.ShouldBe(["body", "input", name]);
        error.Type.ShouldBe(FieldErrorTypes.UnknownField);
        error.Message.ShouldContain(hint);
    }

    [Fact]
    public void An_unknown_field_is_refused_even_when_it_is_null() => RefuseOnce($$"""{{{Image}},"promt":null}""").Type.ShouldBe(FieldErrorTypes.UnknownField);

    [Fact]
    public void A_field_given_twice_is_refused() => RefuseOnce($$"""{{{Image}},"prompt":"a","prompt":"b"}""").Type.ShouldBe(FieldErrorTypes.DuplicateField);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"image_url\":null}")]
    public void Neither_image_nor_video_is_refused(string input)
    {
        var error = RefuseOnce(input);

        error.Type.ShouldBe(FieldErrorTypes.Missing);
        error.Message.ShouldBe("input.image_url is missing: exactly one of image_url, video_url must be given; got none");
    }

    [Fact]
    public void Both_image_and_video_are_refused_once()
    {
        var error = RefuseOnce($$"""{{{Image}},"video_url":"https://example.com/a.mp4"}""");

        error.Type.ShouldBe(FieldErrorTypes.NotTogether);
        error.Message.ShouldBe("input.video_url is given together with image_url: exactly one of image_url, video_url must be given");
    }

    [Fact]
    public void A_video_with_an_audio_field_is_refused() =>
        RefuseOnce("""{"video_url":"https://example.com/a.mp4","audio_url":"https://example.com/a.mp3"}""").Message
            .ShouldBe("input.audio_url cannot be given together with video_url");

    [Fact]
    public void A_video_with_an_end_image_is_accepted() =>
        Accept("""{"video_url":"https://example.com/a.mp4","end_image_url":"https://example.com/a.png"}""").MediaFields.Count.ShouldBe(2);

    [Fact]
    public void Every_error_is_reported_not_only_the_first()
    {
        var errors = Refuse("""{"promt":"a","duration":"5","resolution":"8k","seed":-1}""");

        errors.Select(e => e.Location[^1]).ShouldBe(["promt", "resolution", "duration", "seed", "image_url"], ignoreOrder: true);
    }

    [Fact]
    public void A_flood_of_unknown_fields_gets_a_bounded_answer()
    {
        var flood = string.Join(",", Enumerable.Range(0, 10_000).Select(i => $"\"x{i}\":1"));

        Refuse($"{{{flood}}}").Count.ShouldBeLessThan(100);
    }

    [Fact]
    public void An_input_that_is_no_object_is_refused() => RefuseOnce("[1]").Message.ShouldBe("input must be an object; got an array");

    private static ValidatedInput Accept(string input)
    {
        var verdict = InputValidator.Validate(TestCatalog.Wan, JsonElement.Parse(input));
        verdict.Errors.ShouldBeEmpty();
        return verdict.Input!;
    }

    private static IReadOnlyList<FieldError> Refuse(string input)
    {
        var verdict = InputValidator.Validate(TestCatalog.Wan, JsonElement.Parse(input));
        verdict.IsValid.ShouldBeFalse();
        return verdict.Errors;
    }

    private static FieldError RefuseOnce(string input) => Refuse(input).ShouldHaveSingleItem();
}
