using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kinema.Core.Catalog;
using Kinema.Server.Errors;
using Kinema.Server.Tests.Surface;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.OpenApi;

/// <summary>What the served OpenAPI documents say. That it is true is checked with every request of these tests.</summary>
public sealed partial class OpenApiDocumentTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Full = "/v1/openapi.json";
    private const string Public = "/api/openapi.public.json";
    private const string Runs = "/v1/models/alibaba/wan/v2.7/image-to-video/runs";

    [Fact]
    public async Task It_is_OpenAPI_3_1_of_this_server()
    {
        var document = await ReadAsync(shared.Server, Full);
        document["openapi"].Text().ShouldStartWith("3.1.");
        document["servers"]![0]!["url"].Text().ShouldBe(shared.Server.Url.AbsoluteUri.TrimEnd('/'));
    }

    [Fact]
    public async Task The_public_document_leaves_out_keys_administration_and_reference_tables()
    {
        var full = Operations(await ReadAsync(shared.Server, Full)).ToList();
        var open = await ReadAsync(shared.Server, Public);

        full.Except(Operations(open)).ShouldBe(
            [
                "GET /v1/api-keys", "POST /v1/api-keys", "DELETE /v1/api-keys/{id}", "POST /v1/admin/runs/{id}/cancellation",
                "GET /v1/runs/statuses", "GET /v1/assets/types",
            ],
            ignoreOrder: true);
        Operations(open).Except(full).ShouldBeEmpty();
        open["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).ShouldNotContain("NewApiKey");
    }

    [Fact]
    public async Task The_documented_operations_are_the_served_rows_of_the_API_page()
    {
        var rows = SurfaceRow.ReadAll().Where(row => row.IsServed).Select(row => Shape(row.Route))
            .Select(route => route.Replace("/v1/models/{}/{}", "/v1/models/{}", StringComparison.Ordinal))
            .Select(route => route == "GET /v1/models/any/inputs" ? "GET /v1/models/{}/inputs" : route)
            .Select(route => route == "PUT {}" ? "PUT /v1/files/uploads/{}/{}" : route)
            .Distinct();
        var ofModels = shared.Server.Services.GetRequiredService<ICatalog>().Models.Select(model => $" /v1/models/{model.Slug}").ToList();
        var documented = Operations(await ReadAsync(shared.Server, Full)).Where(operation => !ofModels.Any(model => operation.Contains(model, StringComparison.Ordinal)));

        // Files are read by URLs that records give, so they are no row of their own.
        documented.Select(Shape).Where(operation => !operation.StartsWith("GET /v1/files/", StringComparison.Ordinal)).ShouldBe(rows, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_error_code_is_described()
    {
        var document = await ReadAsync(shared.Server, Full);
        var codes = typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => ((ErrorCode)field.GetValue(null)!).Name);
        document["components"]!["schemas"]!["ErrorCode"]!["oneOf"]!.AsArray().Select(code => code!["const"].Text()).ShouldBe(codes, ignoreOrder: true);
    }

    [Fact]
    public async Task A_model_s_path_has_its_own_input_with_limits_and_examples()
    {
        var document = await ReadAsync(shared.Server, Public);
        var content = document["paths"]![Runs]!["post"]!["requestBody"]!["content"]!["application/json"]!;
        content["examples"]!["example1"]!["value"]!["input"]!["duration"]!.GetValue<int>().ShouldBe(5);
        var name = content["schema"]!["$ref"].Text().Split('/')[^1].Replace(".RunRequest", ".Input", StringComparison.Ordinal);
        var input = document["components"]!["schemas"]![name]!;
        input["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        input["properties"]!["duration"]!["maximum"]!.GetValue<int>().ShouldBe(15);
        input["properties"]!["resolution"]!["default"].Text().ShouldBe("1080p");
    }

    [Fact]
    public async Task A_second_manifest_gets_its_path_without_code()
    {
        var second = shared.Server.Services.GetRequiredService<ICatalog>().Models[0] with
        {
            Id = Guid.Parse("019d6a63-8400-7c27-9a1e-5f2b7d3a9e11"),
            Slug = "acme/pan/still-to-video",
            Name = "Pan",
        };
        await using var server = await TestServer.StartIdleAsync(configure: builder =>
        {
            builder.Services.RemoveAll<ICatalog>();
            builder.Services.AddSingleton<ICatalog>(new ManifestCatalog([second, .. shared.Server.Services.GetRequiredService<ICatalog>().Models]));
        });

        var document = await ReadAsync(server, Public);
        document["paths"]!["/v1/models/acme/pan/still-to-video/runs"]!["post"]!["summary"].Text().ShouldBe("Create a run: Pan");
        document["paths"]![Runs].ShouldNotBeNull();
    }

    [Fact]
    public async Task An_unchanged_document_is_not_sent_again()
    {
        using var anybody = shared.Server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Full);
        request.Headers.IfNoneMatch.Add((await anybody.GetAsync(Full, Ct)).Headers.ETag!);

        (await anybody.SendAsync(request, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    private static async Task<JsonNode> ReadAsync(TestServer server, string path)
    {
        using var anybody = server.CreateClient();
        return JsonNode.Parse(await anybody.GetStringAsync(path, Ct))!;
    }

    private static IEnumerable<string> Operations(JsonNode document) => document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));

    private static string Shape(string route) => Parameter().Replace(route, "{}");

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
