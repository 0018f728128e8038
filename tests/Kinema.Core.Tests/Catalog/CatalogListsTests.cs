using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Lists;
using Kinema.Core.Tests.Runs;

namespace Kinema.Core.Tests.Catalog;

/// <summary>Everything in the catalogue comes from the manifests, so a second manifest gets all of it.</summary>
public sealed class CatalogListsTests
{
    private static readonly string[] _documentedExample =
    [
        "title", "description", "input", "output", "status_code", "cost", "start_type", "timing", "duration_ms", "total_ms", "thumbnail_url",
        "category_code", "is_featured", "is_public", "sort_order", "ran_at",
    ];

    private static readonly string[] _documentedPrice =
    [
        "id", "model_id", "pricing_model_code", "rule_effect_code", "model_input_id", "match_value", "dimension_code", "min_value", "max_value", "price",
        "currency_code", "unit_code", "multiplier_label", "description", "sort_order", "disabled_at", "measurement_source", "created_at", "updated_at",
    ];

    private static readonly string[] _documentedCreator =
        ["id", "slug", "display_name", "description", "avatar_url", "website_url", "claimed_by_org_id", "created_at", "updated_at", "models"];

    private static readonly ModelEntry[] _models = [.. TestCatalog.Both.Models.Select(model => new ModelEntry(model, IsServed: true))];

    [Fact]
    public void Examples_prices_and_creators_have_every_documented_member()
    {
        _documentedExample.Except(CatalogLists.Examples.Schema.Members).ShouldBeEmpty();
        CatalogLists.Prices.Schema.Members.ShouldBe(_documentedPrice);
        CatalogLists.Creators.Schema.Members.ShouldBe(_documentedCreator);
    }

    [Fact]
    public void A_second_model_has_its_own_rows_price_and_creator()
    {
        Items(CatalogLists.Models, _models).Select(row => row.GetProperty("slug").GetString()).ShouldBe(["alibaba/wan/v2.7/image-to-video", "studio/loop/v1"]);
        Items(CatalogLists.Inputs, ModelRow.Of(TestCatalog.Loop, TestCatalog.Loop.Inputs)).Select(row => row.GetProperty("name").GetString())
            .ShouldBe(["words", "still", "length", "dice"]);
        var price = Items(CatalogLists.Prices, ModelRow.Of(TestCatalog.Loop, [TestCatalog.Loop.Price])).ShouldHaveSingleItem();
        (price.GetProperty("price").GetString(), price.GetProperty("unit_code").GetString()).ShouldBe(("0.025", "second"));
        var creator = Items(CatalogLists.Creators, ModelCreator.Of(_models), "slug:studio").ShouldHaveSingleItem();
        creator.GetProperty("display_name").GetString().ShouldBe("Studio");
        creator.GetProperty("models")[0].GetProperty("model_creator_id").GetString().ShouldBe(creator.GetProperty("id").GetString());
        creator.GetProperty("models").GetArrayLength().ShouldBe(1);
    }

    /// <summary>Written down, because clients may keep them.</summary>
    [Fact]
    public void Derived_ids_never_change()
    {
        var wan = SampleRuns.Json(ModelPresenter.Present(_models[0]));

        wan.GetProperty("inputs")[0].GetProperty("id").GetString().ShouldBe("ddeff78e-4a2b-89f2-94bf-90d96305fbb4");
        wan.GetProperty("outputs")[1].GetProperty("id").GetString().ShouldBe("8255bc7d-0c3b-8369-a671-9cbce8056fd1");
        wan.GetProperty("pricing")[0].GetProperty("id").GetString().ShouldBe("fba83f30-51e0-8c83-aca9-5f73cb2a456a");
        wan.GetProperty("model_creator_id").GetString().ShouldBe("cff9ac53-cb0e-8130-9e96-d5bf782861c9");
    }

    [Theory]
    [InlineData("slug.eq:'studio/loop/v1'", 1)]
    [InlineData("provider:Alibaba OR version>=3", 2)]
    [InlineData("status_code:active AND availability_status:available AND updated_at>2026-04-08", 1)]
    [InlineData("is_public:false", 0)]
    [InlineData("id:019d6a63-8400-7000-8000-0000000000b2", 1)]
    [InlineData("max_resolution:null", 1)]
    public void Models_are_searched_by_the_same_grammar_as_runs(string q, int expected) => Items(CatalogLists.Models, _models, q).Count.ShouldBe(expected);

    [Fact]
    public void A_row_is_found_by_its_id()
    {
        var rows = ModelRow.Of(TestCatalog.Loop, TestCatalog.Loop.Inputs).ToList();
        var id = Items(CatalogLists.Inputs, rows)[2].GetProperty("id").GetString()!;

        SampleRuns.Json(CatalogLists.Inputs.Find(rows, id)!).GetProperty("name").GetString().ShouldBe("length");
        CatalogLists.Inputs.Find(rows, "length").ShouldBeNull();
    }

    private static List<JsonElement> Items<T>(JsonList<T> list, IEnumerable<T> items, string? q = null)
    {
        ListQuery.Read(new(q), list.Schema, out var query).ShouldBeEmpty();
        return [.. SampleRuns.Json(list.Read(items, query!).ToJson()).GetProperty("items").EnumerateArray()];
    }
}
