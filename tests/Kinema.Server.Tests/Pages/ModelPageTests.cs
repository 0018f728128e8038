using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Pages;

/// <summary>The page of a model says what its manifest says, section by section as on the page that the contract comes from.</summary>
public sealed class ModelPageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Slug = "alibaba/wan/v2.7/image-to-video";

    [Fact]
    public async Task It_has_every_section()
    {
        var text = await ReadAsync(shared.Server, Slug);
        string[] sections =
        [
            "# Wan 2.7 - Image to Video", "## Overview", "## Pricing", "## Wan 2.7 - Image to Video API", "## Run the model", "### Python", "### Node.js", "### C#", "### cURL",
            "## Request parameters", "## Input schema", "## Output schema", "## Callback payload", "## Additional resources", "## Related",
        ];
        sections.Select(section => text.IndexOf(section + "\n", StringComparison.Ordinal)).ShouldBeInOrder(SortDirection.Ascending);
        text.ShouldContain($"`POST /v1/models/{Slug}/runs`");
        text.ShouldContain(new Uri(shared.Server.Url, $"/v1/models/{Slug}/runs").AbsoluteUri);
        text.ShouldContain("**$0.1/second**");
    }

    [Fact]
    public async Task It_has_a_row_for_each_field_with_its_limits()
    {
        var text = await ReadAsync(shared.Server, Slug);
        var model = shared.Server.Services.GetRequiredService<ICatalog>().Find(Slug)!;
        foreach (var field in model.Inputs)
            text.ShouldContain($"| `{field.Name}` | ");
        foreach (var field in model.Outputs)
            text.ShouldContain($"| `{field.Name}` | {field.Type} |");
        text.ShouldContain("| `duration` | integer | optional | 2–15 | `5` |");
        text.ShouldContain("| `resolution` | string | optional | `720p`, `1080p` | `1080p` |");
        text.ShouldContain("| `video_url` | video | optional | MP4, QUICKTIME; 2–10 s; ≤ 100 MB; sides 240–4096; ratio 1:8–8:1 |");
        text.ShouldContain("Give exactly one of `image_url` and `video_url`.");
        text.ShouldContain("Give at most one of `video_url` and `audio_url`.");
        text.ShouldNotContain("Give at most one of `video_url` and `image_url`.");
    }

    [Fact]
    public async Task A_second_manifest_gets_pages_without_code()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(
            folder,
            _ => { },
            second =>
            {
                second["id"] = "019d6a63-8400-7c27-9a1e-5f2b7d3a9e11";
                second["slug"] = "acme/pan/still-to-video";
                second["name"] = "Pan & <Tilt> | 中文";
                second["price"]!["amount"] = "0.25";
            });
        using var reader = server.CreateClient();

        var text = await ReadAsync(server, "acme/pan/still-to-video");
        text.ShouldContain("# Pan & <Tilt> | 中文\n");
        text.ShouldContain("v1/models/acme/pan/still-to-video/runs");
        var html = await reader.GetStringAsync("/models/acme/pan/still-to-video?tab=docs", Ct);
        html.ShouldContain("Pan &amp; &lt;Tilt&gt; | 中文");
        html.ShouldNotContain("<Tilt>");
        html.ShouldContain("$0.25/second");
        (await reader.GetStringAsync("/models", Ct)).ShouldContain("href=\"/models/acme/pan/still-to-video\"");
        (await reader.GetStringAsync("/models.md", Ct)).ShouldContain("[Pan & <Tilt> \\| 中文](/models/acme/pan/still-to-video.md)");
        (await reader.GetStringAsync("/llms.txt", Ct)).ShouldContain("/models/acme/pan/still-to-video.md");
    }

    [Fact]
    public async Task A_disabled_model_has_no_page_and_is_not_listed()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder, model => model["enabled"] = false);
        using var reader = server.CreateClient();

        (await reader.GetAsync($"/models/{Slug}", Ct)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        foreach (var path in new[] { "/models", "/models.md", "/llms.txt" })
            (await reader.GetStringAsync(path, Ct)).ShouldNotContain($"/models/{Slug}", customMessage: path);
        (await reader.GetStringAsync("/llms-full.txt", Ct)).ShouldNotContain("\n# Wan 2.7");
    }

    /// <summary>Starts a server with a model for each change of the shipped manifest.</summary>
    private static async Task<TestServer> StartAsync(TemporaryFolder catalog, params Action<JsonObject>[] changes)
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "catalog", $"{Slug}.json"), Ct);
        foreach (var (index, change) in changes.Index())
        {
            var manifest = JsonNode.Parse(shipped)!.AsObject();
            manifest.Remove("poster");
            manifest.Remove("preview");
            change(manifest);
            await File.WriteAllTextAsync(Path.Combine(catalog.FullPath, $"{index}.json"), manifest.ToJsonString(), Ct);
        }

        return await TestServer.StartAsync(["Worker:Enabled=false", $"Server:CatalogFolder={catalog.FullPath}"]);
    }

    private static async Task<string> ReadAsync(TestServer server, string slug)
    {
        using var reader = server.CreateClient();
        return await reader.GetStringAsync($"/models/{slug}.md", Ct);
    }
}
