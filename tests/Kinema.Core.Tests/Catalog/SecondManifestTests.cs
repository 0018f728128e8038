using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Engines;

namespace Kinema.Core.Tests.Catalog;

/// <summary>A manifest with other names, limits and price is served by the same code.</summary>
public sealed class SecondManifestTests
{
    [Fact]
    public void Its_own_names_are_accepted_and_priced()
    {
        var input = InputValidator.Validate(TestCatalog.Loop, JsonElement.Parse("""{"words":"drift","still":"https://example.com/a.png","length":3}""")).Input!;

        input.Price.ToString().ShouldBe("0.075");
        input.MediaFields.ShouldHaveSingleItem().Role.ShouldBe(MediaRole.FirstFrame);
        input.WithSeed(7).ToRequest().ShouldSatisfyAllConditions(
            r => r.Prompt.ShouldBe("drift"),
            r => r.DurationSeconds.ShouldBe(3),
            r => r.Seed.ShouldBe(7),
            r => r.Roles.ShouldBe([MediaRole.FirstFrame]));
    }

    [Fact]
    public void The_other_models_names_are_unknown_to_it()
    {
        var errors = InputValidator.Validate(TestCatalog.Loop, JsonElement.Parse("""{"prompt":"drift","lenght":3}""")).Errors;

        errors.Select(e => (e.Location[^1], e.Type)).ShouldBe(
            [("prompt", FieldErrorTypes.UnknownField), ("lenght", FieldErrorTypes.UnknownField), ("words", FieldErrorTypes.Missing), ("still", FieldErrorTypes.Missing)]);
        errors[1].Message.ShouldContain("did you mean length?");
    }

    [Fact]
    public void Its_own_limits_apply()
    {
        var errors = InputValidator.Validate(
            TestCatalog.Loop, JsonElement.Parse("""{"words":"eleven char","still":"data:image/jpeg;base64,AAAA","length":5,"dice":100}""")).Errors;

        errors.Select(e => e.Message).ShouldBe(
            [
                "input.words must be a string of at most 10 characters; got 11 characters",
                "input.still must be one of image/png; got a data URI of image/jpeg",
                "input.length must be an integer from 1 to 4 (seconds); got 5",
                "input.dice must be an integer from 0 to 99; got 100",
            ]);
    }

    [Fact]
    public void Both_models_are_found_by_slug_and_by_id()
    {
        TestCatalog.Both.Models.Count.ShouldBe(2);
        TestCatalog.Both.Find("studio/loop/v1").ShouldBe(TestCatalog.Loop);
        TestCatalog.Both.Find(TestCatalog.Wan.Id).ShouldBe(TestCatalog.Wan);
        TestCatalog.Both.Find("studio/loop").ShouldBeNull();
    }

    [Fact]
    public void Two_manifests_with_one_slug_are_refused() =>
        Should.Throw<ManifestException>(() => new ManifestCatalog([TestCatalog.Loop, TestCatalog.Loop])).Message.ShouldContain("studio/loop/v1");

    [Fact]
    public void Two_manifests_with_one_id_are_refused() =>
        Should.Throw<ManifestException>(() => new ManifestCatalog([TestCatalog.Loop, TestCatalog.Loop with { Slug = "studio/other" }])).Message
            .ShouldContain("same id");
}
