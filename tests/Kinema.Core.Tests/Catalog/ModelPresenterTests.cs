using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Tests.Runs;

namespace Kinema.Core.Tests.Catalog;

public sealed class ModelPresenterTests
{
    /// <summary>Every field the contract lists for a model.</summary>
    private static readonly string[] _documented =
    [
        "id", "org_id", "model_creator_id", "slug", "name", "description", "version", "is_public", "is_open_source", "icon_url", "cover_url",
        "category_code", "status_code", "family_id", "family_variant_code", "param_count", "architecture", "license_code", "max_resolution",
        "lora_support", "fine_tuning", "supports_streaming", "paper_url", "github_url", "is_official", "availability_status", "seo",
        "notable_features", "content", "pricing_note", "created_by", "created_at", "updated_at", "deleted_at", "deleted_by", "inputs", "outputs", "examples", "pricing",
    ];

    private static readonly string[] _documentedInput =
    [
        "id", "model_id", "name", "display_name", "description", "variable_type_code", "default_behavior_code", "validator_code", "validator_attrs",
        "is_required", "default_value", "sort_order", "is_featured", "created_at", "updated_at",
    ];

    private readonly JsonElement _wan = SampleRuns.Json(ModelPresenter.Present(new(TestCatalog.Wan, IsServed: true)));

    [Fact]
    public void A_model_has_every_documented_field() => SampleRuns.Names(_wan).ShouldBeSubsetOf([.. _documented, .. Additions]);

    [Fact]
    public void No_documented_field_is_missing() => _documented.Except(SampleRuns.Names(_wan)).ShouldBeEmpty();

    [Fact]
    public void Its_rows_are_the_manifests_fields_with_every_documented_member()
    {
        var rows = _wan.GetProperty("inputs").EnumerateArray().ToList();

        rows.Select(r => r.GetProperty("name").GetString()).ShouldBe(TestCatalog.Wan.Inputs.Select(f => f.Name));
        SampleRuns.Names(rows[0]).ShouldBe(_documentedInput);
        rows.Select(r => r.GetProperty("id").GetGuid()).ShouldBeUnique();
    }

    [Theory]
    [InlineData("resolution", "string", "enum", """{"allowed_values":["720p","1080p"]}""", "\"1080p\"")]
    [InlineData("duration", "integer", "range", """{"minimum":2,"maximum":15}""", "5")]
    [InlineData("prompt", "string", "length", """{"max_length":5000}""", "null")]
    [InlineData("enable_safety_checker", "boolean", null, "null", "true")]
    [InlineData("audio_url", "file", "media", """{"content_types":["audio/wav","audio/mpeg"],"max_bytes":15000000,"min_side":null,"max_side":null,"max_pixels":null,"max_aspect_ratio":null,"min_seconds":2,"max_seconds":30}""", "null")]
    public void A_row_states_the_validation_of_its_field(string name, string type, string? validator, string attributes, string otherwise)
    {
        var row = _wan.GetProperty("inputs").EnumerateArray().Single(r => r.GetProperty("name").GetString() == name);

        row.GetProperty("variable_type_code").GetString().ShouldBe(type);
        row.GetProperty("validator_code").GetString().ShouldBe(validator);
        row.GetProperty("validator_attrs").GetRawText().ShouldBe(attributes);
        row.GetProperty("default_value").GetRawText().ShouldBe(otherwise);
    }

    [Fact]
    public void The_price_has_a_text_and_a_machine_readable_form()
    {
        _wan.GetProperty("pricing_note").GetString().ShouldBe("Per second of video");
        _wan.GetProperty("price").GetRawText().ShouldBe(
            """{"amount":"0.10","unit":"second","currency":"USD","label":"$0.1/second","note":"Per second of video"}""");
    }

    [Fact]
    public void The_example_matches_the_model_page() =>
        _wan.GetProperty("examples")[0].GetProperty("input").GetProperty("image_url").GetString()
            .ShouldBe("https://public.runflow.io/images/models/_base/product-sneaker.png");

    [Fact]
    public void A_model_without_an_engine_says_so()
    {
        Availability(TestCatalog.Wan, false).ShouldBe("unavailable");
        Availability(TestCatalog.Wan with { Enabled = false }, true).ShouldBe("unavailable");
        Availability(TestCatalog.Wan, true).ShouldBe("available");

        static string? Availability(ModelManifest model, bool available) =>
            SampleRuns.Json(ModelPresenter.Present(new(model, available))).GetProperty("availability_status").GetString();
    }

    private static string[] Additions => ["provider", "last_updated", "runs_path", "price", "exactly_one_of", "not_together"];
}
