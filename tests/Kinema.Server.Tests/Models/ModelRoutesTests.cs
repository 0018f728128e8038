using System.Net;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Models;

/// <summary>A server with the shipped manifest and a second one, dropped beside it without any code.</summary>
public sealed class ModelRoutesTests(ModelRoutesTests.TwoModels two) : IClassFixture<ModelRoutesTests.TwoModels>
{
    private const string Wan = "alibaba/wan/v2.7/image-to-video";
    private const string LoopId = "019d6a63-8400-7000-8000-0000000000b2";

    private HttpClient Client => two.Server.Client;

    [Theory]
    [InlineData("q=slug.eq:'studio/loop/v1'", "studio/loop/v1")]
    [InlineData("q=provider:Alibaba", Wan)]
    [InlineData("sort_by=name", "studio/loop/v1", Wan)]
    [InlineData("sort_by=version:desc,slug&limit=1", "studio/loop/v1")]
    [InlineData("q=availability_status:available AND NOT version:1", "studio/loop/v1")]
    [InlineData("unknown=1", Wan, "studio/loop/v1")]
    public async Task Models_are_searched_sorted_and_limited(string query, params string[] expected) =>
        Slugs(await GetAsync($"/v1/models?{query}")).ShouldBe(expected);

    [Fact]
    public async Task Pages_are_followed_in_both_directions_and_show_only_the_fields_asked_for()
    {
        var first = await GetAsync("/v1/models?limit=1&fields=slug,name");
        var second = await GetAsync($"/v1/models?limit=1&fields=slug,name&pq={first["next_pq"].Text()}");

        first["items"]![0]!.AsObject().Select(member => member.Key).ShouldBe(["slug", "name"]);
        Slugs(second).ShouldBe(["studio/loop/v1"]);
        second["next"].ShouldBeNull();
        Slugs(await GetAsync($"/v1/models?limit=1&pq={second["previous"].Text()}")).ShouldBe([Wan]);
        Slugs(await GetAsync($"/v1/models?limit=1&pq={second["first"].Text()}")).ShouldBe([Wan]);
    }

    [Theory]
    [InlineData("q=colour:red", "q")]
    [InlineData("fields=slugg", "fields")]
    [InlineData("sort_by=id", "sort_by")]
    [InlineData("limit=501", "limit")]
    [InlineData("pq=x", "pq")]
    public async Task A_parameter_that_cannot_be_followed_is_refused_by_its_name(string query, string parameter)
    {
        foreach (var path in new[] { "/v1/models", "/v1/public/models", $"/v1/models/{Wan}/inputs", $"/v1/models/{Wan}/pricing", "/v1/model-creators" })
        {
            var text = path.EndsWith("inputs", StringComparison.Ordinal) || path.EndsWith("pricing", StringComparison.Ordinal) ? query.Replace("slugg", "nam", StringComparison.Ordinal) : query;
            var error = await (await Client.GetAsync($"{path}?{text}", Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
            error["errors"]![0]!["loc"]!.AsArray().Select(step => step.Text()).ShouldBe(["query", parameter], path);
        }
    }

    [Fact]
    public async Task A_model_is_read_by_its_slug_and_by_its_id_and_both_create_runs()
    {
        var bySlug = await GetAsync("/v1/models/studio/loop/v1");
        var byId = await GetAsync($"/v1/models/{LoopId}");

        JsonNode.DeepEquals(bySlug, byId).ShouldBeTrue();
        byId["pricing"]!.AsArray().ShouldHaveSingleItem()!["price"].Text().ShouldBe("0.025");
        byId["inputs"]!.AsArray().Count.ShouldBe(4);
        var body = SharedServer.RunBody();
        var created = await Client.PostAsync($"/v1/models/{(await GetAsync($"/v1/models/{Wan}"))["id"].Text()}/runs", Json(body), Ct);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Ct));
        (await created.ReadJsonAsync())["model"].Text().ShouldBe(Wan);
        await (await Client.GetAsync($"/v1/models/{Guid.Empty}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "MODEL_NOT_FOUND");
        await (await Client.PostAsync($"/v1/models/{Guid.Empty}/runs", Json(body), Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "MODEL_NOT_FOUND");
    }

    [Theory]
    [InlineData("inputs", "name", "words")]
    [InlineData("outputs", "name", "outputs")]
    [InlineData("pricing", "unit_code", "second")]
    public async Task The_rows_of_a_model_are_listed_and_read_by_their_id(string part, string member, string expected)
    {
        foreach (var model in new[] { "studio/loop/v1", "studio%2Floop%2Fv1", LoopId })
        {
            var row = (await GetAsync($"/v1/models/{model}/{part}"))["items"]![0]!;
            row[member].Text().ShouldBe(expected);
            row["model_id"].Text().ShouldBe(LoopId);
            JsonNode.DeepEquals(await GetAsync($"/v1/models/{model}/{part}/{row["id"].Text()}"), row).ShouldBeTrue();
        }

        await (await Client.GetAsync($"/v1/models/{LoopId}/{part}/{Guid.Empty}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await Client.GetAsync($"/v1/models/studio/none/{part}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "MODEL_NOT_FOUND");
    }

    [Fact]
    public async Task Examples_are_listed_and_rows_of_all_models_stand_under_any()
    {
        var example = (await GetAsync($"/v1/models/{Wan}/examples"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        (await GetAsync($"/v1/models/{Wan}/examples/{example["id"].Text()}"))["title"].Text().ShouldBe("Product on a pedestal");
        (await GetAsync("/v1/models/studio/loop/v1/examples"))["items"]!.AsArray().ShouldBeEmpty();
        (await GetAsync("/v1/models/any/pricing"))["items"]!.AsArray().Count.ShouldBe(2);
        (await GetAsync("/v1/models/any/inputs?q=variable_type_code:image&sort_by=name"))["items"]!.AsArray().Select(row => row!["name"].Text())
            .ShouldBe(["end_image_url", "image_url", "still"]);
    }

    [Fact]
    public async Task Creators_are_listed_and_read_by_id_and_slug()
    {
        var creators = (await GetAsync("/v1/model-creators"))["items"]!.AsArray();
        creators.Select(creator => creator!["slug"].Text()).ShouldBe(["alibaba", "studio"]);
        foreach (var name in new[] { creators[1]!["id"].Text(), "studio" })
            (await GetAsync($"/v1/model-creators/{name}"))["models"]!.AsArray().ShouldHaveSingleItem()!["slug"].Text().ShouldBe("studio/loop/v1");
        (await GetAsync($"/v1/models/{LoopId}"))["model_creator_id"].Text().ShouldBe(creators[1]!["id"].Text());
        await (await Client.GetAsync("/v1/model-creators/nobody", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Anybody_reads_the_public_models_and_the_catalogue_of_sites()
    {
        using var anybody = two.Server.CreateClient();
        Slugs(await (await anybody.GetAsync("/v1/public/models?sort_by=slug:desc", Ct)).ReadJsonAsync()).ShouldBe(["studio/loop/v1", Wan]);

        var catalog = JsonNode.Parse(await anybody.GetStringAsync("/models-catalog.json", Ct))!.AsArray();
        catalog.Count.ShouldBe(2);
        catalog[1]!.AsObject().Select(member => member.Key).ShouldBe(
            ["slug", "model_name", "category", "page_url", "price_label", "provider_name", "thumbnail_url", "active", "isWorkflow"]);
        (catalog[1]!["price_label"].Text(), catalog[1]!["active"]!.GetValue<bool>()).ShouldBe(("$0.025/second", true));
        (await anybody.GetAsync(catalog[1]!["page_url"].Text(), Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<JsonObject> GetAsync(string path)
    {
        var response = await Client.GetAsync(path, Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Ct));
        return await response.ReadJsonAsync();
    }

    private static IEnumerable<string> Slugs(JsonObject page) => page["items"]!.AsArray().Select(model => model!["slug"].Text());

    public sealed class TwoModels : IAsyncLifetime
    {
        private readonly TemporaryFolder _catalog = new();

        public TestServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "catalog", $"{Wan}.json"), Path.Combine(_catalog.FullPath, "wan.json"));
            foreach (var picture in new[] { "image-to-video.jpg", "image-to-video.mp4" })
                File.Copy(Path.Combine(AppContext.BaseDirectory, "catalog", $"{Wan}{Path.GetExtension(picture)}"), Path.Combine(_catalog.FullPath, picture));
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Models", "second-model.json"), Path.Combine(_catalog.FullPath, "second.json"));
            Server = await TestServer.StartIdleAsync([$"Server:CatalogFolder={_catalog.FullPath}"]);
        }

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            _catalog.Dispose();
        }
    }
}
