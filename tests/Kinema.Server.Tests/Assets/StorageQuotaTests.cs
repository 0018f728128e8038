using System.Net;
using System.Text.Json.Nodes;
using Kinema.Core.Storage;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Assets;

public sealed class StorageQuotaTests
{
    [Fact]
    public async Task Creates_and_uploads_beyond_the_quota_are_refused_with_what_is_used_and_allowed()
    {
        var size = new FileInfo(Samples.Photograph("cat")).Length;
        await using var server = await TestServer.StartIdleAsync([$"Data:MaxBytesPerOrganization={size + 9}"]);
        var other = await server.AddCallerAsync();
        var early = await AnnounceAsync(server.Client, 9);
        var late = await AnnounceAsync(server.Client, 9);
        await CreateAsync(server.Client, "cat");
        await CreateAsync(server.Client, "cat", code: "QUOTA_EXCEEDED");
        (await UsedAsync(server, server.Caller)).ShouldBe(size);

        await RefuseAsync(await server.Client.PostAsync("/v1/asset-uploads", Upload(10), Ct), size, size + 9);
        using var nine = new ByteArrayContent(new byte[9]);
        (await server.Client.PutAsync(early, nine, Ct)).EnsureSuccessStatusCode();
        using var others = new ByteArrayContent([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        await RefuseAsync(await server.Client.PutAsync(late, others, Ct), size + 9, size + 9);
        await RefuseAsync(await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct), size + 9, size + 9);
        await CreateAsync(other.Client, "cat");
        (await UsedAsync(server, other)).ShouldBe(size);
    }

    [Fact]
    public async Task An_accepted_run_stores_its_result_beyond_the_quota()
    {
        var size = new FileInfo(Samples.Photograph("cat")).Length;
        await using var server = await WorkingServer.StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System), $"Data:MaxBytesPerOrganization={size}");
        var run = await WorkingServer.WaitForEndAsync(server, await WorkingServer.CreateAsync(server));
        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        var outputs = Directory.GetFiles(Path.Combine(server.DataFolder, "artifacts"), "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        (await UsedAsync(server, server.Caller)).ShouldBe(size + outputs);
    }

    private static Task<long> UsedAsync(TestServer server, TestCaller caller) => server.Services.GetRequiredService<IStorageUsage>().ReadAsync(caller.OrgId, Ct);

    private static async Task CreateAsync(HttpClient client, string photograph, string? code = null)
    {
        var body = SharedServer.RunBody();
        body["input"]!["image_url"] = Samples.DataUri(Samples.Photograph(photograph));
        var response = await client.PostAsync(SharedServer.RunsPath, Json(body), Ct);
        if (code is null)
            response.StatusCode.ShouldBe(HttpStatusCode.Created);
        else
            await response.ShouldBeErrorAsync(HttpStatusCode.Forbidden, code);
    }

    private static async Task<string> AnnounceAsync(HttpClient client, int bytes) =>
        (await (await client.PostAsync("/v1/asset-uploads", Upload(bytes), Ct)).ReadJsonAsync())["upload_url"].Text();

    private static StringContent Upload(int bytes) => Json(new JsonObject { ["filename"] = "a.png", ["mime_type"] = "image/png", ["size_bytes"] = bytes });

    private static async Task RefuseAsync(HttpResponseMessage response, long used, long allowed)
    {
        var message = (await response.ShouldBeErrorAsync(HttpStatusCode.Forbidden, "QUOTA_EXCEEDED"))["message"].Text();
        message.ShouldContain($"stores {used} bytes and may store {allowed}");
    }
}
