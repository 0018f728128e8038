using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.OpenApi;

/// <summary>docs/openapi.json and docs/openapi.public.json are what the server serves, so that a change of the API is seen in review.</summary>
public sealed class CommittedDocumentTests
{
    /// <summary>Set by eng/refresh-openapi.sh.</summary>
    private const string Refresh = "KINEMA_REFRESH_OPENAPI";

    private static readonly JsonSerializerOptions _layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("/v1/openapi.json", "openapi.json")]
    [InlineData("/api/openapi.public.json", "openapi.public.json")]
    public async Task The_committed_document_is_the_served_one(string path, string file)
    {
        await using var server = await TestServer.StartIdleAsync(["Server:PublicBaseUrl=https://kinema.example.com"]);
        using var anybody = server.CreateClient();
        var served = JsonNode.Parse(await anybody.GetStringAsync(path, Ct))!;
        served["info"]!["version"] = "0.1.0";

        var committed = Path.Combine(Samples.Folder, "..", "..", "docs", file);
        if (Environment.GetEnvironmentVariable(Refresh) is not null)
            await File.WriteAllTextAsync(committed, served.ToJsonString(_layout) + "\n", Ct);
        (await File.ReadAllTextAsync(committed, Ct)).ShouldBe(served.ToJsonString(_layout) + "\n", "Run eng/refresh-openapi.sh and look at the difference.");
    }
}
