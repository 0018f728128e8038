using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Assets;

/// <summary>What can be done with assets once they are there.</summary>
public sealed class AssetRoutesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly byte[] _picture = File.ReadAllBytes(Samples.Photograph("cat"));

    [Fact]
    public async Task Assets_are_listed_newest_first_in_pages_and_only_confirmed_ones_of_the_own_organisation()
    {
        var caller = await shared.Server.AddCallerAsync("list");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await UploadAsync(caller.Client, $"{i}.png"));
        await AnnounceAsync(caller.Client, "never.png", "image/png");
        await UploadAsync(shared.Other.Client, "other.png");

        var listed = new List<string>();
        var pages = 0;
        for (string? cursor = ""; cursor is not null; pages++)
        {
            var page = await (await caller.Client.GetAsync($"/v1/assets?limit=2&pq={cursor}", Ct)).ReadJsonAsync();
            listed.AddRange(page["items"]!.AsArray().Select(a => a!["id"].Text()));
            cursor = (string?)page["next"];
        }

        listed.ShouldBe(Enumerable.Reverse(ids));
        pages.ShouldBe(3);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("pq=x", "pq")]
    [InlineData("pq=019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f", "pq")]
    [InlineData("q=colour.eq:'a'", "q")]
    [InlineData("q=size_bytes", "q")]
    [InlineData("sort_by=url", "sort_by")]
    [InlineData("fields=nam", "fields")]
    [InlineData("from_prev=2", "from_prev")]
    public async Task A_list_parameter_that_cannot_be_followed_is_refused_by_its_name(string query, string parameter)
    {
        var error = await (await shared.Server.Client.GetAsync("/v1/assets?" + query, Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["errors"]![0]!["loc"]!.AsArray().Select(s => s.Text()).ShouldBe(["query", parameter]);
    }

    [Fact]
    public async Task Assets_are_filtered_sorted_projected_and_paged_in_both_directions()
    {
        var caller = await shared.Server.AddCallerAsync("search");
        foreach (var name in new[] { "b.png", "a.png", "é's.png", "b.png", "c.png" })
            await UploadAsync(caller.Client, name);
        const string path = "/v1/assets?q=asset_type:image AND NOT name:c.png AND created_at>2020-01-01&sort_by=name:desc,created_at&fields=name&limit=2";

        var first = await (await caller.Client.GetAsync(path, Ct)).ReadJsonAsync();
        var second = await (await caller.Client.GetAsync($"{path}&pq={first["next"].Text()}", Ct)).ReadJsonAsync();
        var back = await (await caller.Client.GetAsync($"{path}&pq={second["prev_pq"].Text()}", Ct)).ReadJsonAsync();

        Names(first).Concat(Names(second)).ShouldBe(["é's.png", "b.png", "b.png", "a.png"]);
        second["next_pq"].ShouldBeNull();
        Names(back).ShouldBe(Names(first));
        back["previous"].ShouldBeNull();
        first["items"]![0]!.AsObject().Select(member => member.Key).ShouldBe(["name"]);
        Names(await (await caller.Client.GetAsync("/v1/assets?q=name.EQ:'é''s.png'", Ct)).ReadJsonAsync()).ShouldBe(["é's.png"]);
        var oldest = await (await caller.Client.GetAsync("/v1/assets?sort_by=created_at&limit=3", Ct)).ReadJsonAsync();
        Names(oldest).ShouldBe(["b.png", "a.png", "é's.png"]);
        var newer = await (await caller.Client.GetAsync($"/v1/assets?sort_by=created_at&limit=3&pq={oldest["next"].Text()}", Ct)).ReadJsonAsync();
        Names(newer).ShouldBe(["b.png", "c.png"]);
        Names(await (await caller.Client.GetAsync($"/v1/assets?sort_by=created_at&limit=3&from_prev=true&pq={oldest["next"].Text()}", Ct)).ReadJsonAsync()).ShouldBe(["b.png", "a.png"]);

        static IEnumerable<string> Names(JsonObject page) => page["items"]!.AsArray().Select(asset => asset!["name"].Text());
    }

    [Fact]
    public async Task The_types_are_listed_and_every_asset_has_one_of_them()
    {
        var types = await (await shared.Server.Client.GetAsync("/v1/assets/types", Ct)).ReadJsonAsync();
        var codes = types["items"]!.AsArray().Select(t => t!["code"].Text()).ToList();
        codes.ShouldBe(["image", "video", "audio", "file"]);
        var id = await UploadAsync(shared.Server.Client, "a.png");
        codes.ShouldContain((await ReadAsync(id))["asset_type"].Text());
    }

    [Fact]
    public async Task The_folder_of_the_first_confirmation_is_kept()
    {
        var (id, upload) = await AnnounceAsync(shared.Server.Client, "a.png", "image/png");
        await PutAsync(upload, _picture, "image/png");
        var folder = Guid.CreateVersion7().ToString();
        var confirmed = await (await ConfirmAsync(shared.Server.Client, id, folder)).ReadJsonAsync();
        confirmed["folder_id"].Text().ShouldBe(folder);
        await ConfirmAsync(shared.Server.Client, id, Guid.CreateVersion7().ToString());
        (await ReadAsync(id))["folder_id"].Text().ShouldBe(folder);

        var wrong = await shared.Server.Client.PostAsync($"/v1/asset-uploads/{id}/confirmations", Json("""{"folder_id":"mine"}"""), Ct);
        (await wrong.ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR"))["message"].Text().ShouldContain("folder_id must be a UUID or null");
    }

    [Fact]
    public async Task A_deleted_asset_is_gone_everywhere_and_deleting_it_again_is_404()
    {
        var id = await UploadAsync(shared.Server.Client, "a.png");
        var url = (await ReadAsync(id))["url"].Text();
        await (await shared.Other.Client.DeleteAsync($"/v1/assets/{id}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "ASSET_NOT_FOUND");
        (await shared.Server.Client.DeleteAsync($"/v1/assets/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await (await shared.Server.Client.GetAsync($"/v1/assets/{id}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "ASSET_NOT_FOUND");
        await (await shared.Server.Client.DeleteAsync($"/v1/assets/{id}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "ASSET_NOT_FOUND");
        await (await shared.Server.Client.GetAsync(url, Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        var list = await (await shared.Server.Client.GetAsync("/v1/assets?limit=500", Ct)).ReadJsonAsync();
        list["items"]!.AsArray().ShouldNotContain(a => a!["id"].Text() == id);
        await (await RunWithAsync(id)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task An_asset_that_a_waiting_run_uses_cannot_be_deleted_until_the_run_has_ended()
    {
        var id = await UploadAsync(shared.Server.Client, "a.png");
        var run = await (await RunWithAsync(id.ToUpperInvariant())).ReadJsonAsync();
        var error = await (await shared.Server.Client.DeleteAsync($"/v1/assets/{id}", Ct)).ShouldBeErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        error["message"].Text().ShouldContain(run["id"].Text());

        await shared.Server.Client.PostAsync($"/v1/runs/{run["id"].Text()}/cancellation", Json("{}"), Ct);
        (await shared.Server.Client.DeleteAsync($"/v1/assets/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_bare_asset_id_is_an_input_and_the_record_shows_it_as_it_came()
    {
        var id = await UploadAsync(shared.Server.Client, "a.png");
        var created = await RunWithAsync(id);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Ct));
        (await created.ReadJsonAsync())["input"]!["image_url"].Text().ShouldBe(id);

        var unknown = await (await RunWithAsync(Guid.CreateVersion7().ToString())).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        unknown["message"].Text().ShouldStartWith("asset not found or expired: runflow://assets/");
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData(null, "application/octet-stream")]
    [InlineData("application/octet-stream", "application/octet-stream")]
    [InlineData("application/octet-stream", "image/jpeg")]
    public async Task Without_a_type_the_bytes_decide(string? announced, string put)
    {
        var (id, upload) = await AnnounceAsync(shared.Server.Client, "a", announced);
        (await ReadAsync(id))["asset_type"].Text().ShouldBe("file");
        // Again, as after a lost answer.
        for (var i = 0; i < 2; i++)
            (await PutAsync(upload, _picture, put)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var asset = await (await ConfirmAsync(shared.Server.Client, id)).ReadJsonAsync();
        asset["mime_type"].Text().ShouldBe("image/png");
        asset["asset_type"].Text().ShouldBe("image");
    }

    [Fact]
    public async Task Without_a_type_a_content_that_is_no_medium_is_refused()
    {
        var text = new byte[_picture.Length];
        Array.Fill(text, (byte)'a');
        var (id, upload) = await AnnounceAsync(shared.Server.Client, "a", null);
        await (await PutAsync(upload, text, "")).ShouldBeErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        await (await ConfirmAsync(shared.Server.Client, id)).ShouldBeErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task A_packed_file_is_refused()
    {
        var (_, upload) = await AnnounceAsync(shared.Server.Client, "a.png", "image/png");
        using var request = new HttpRequestMessage(HttpMethod.Put, upload) { Content = new ByteArrayContent(_picture) };
        request.Content.Headers.ContentEncoding.Add("gzip");
        using var anybody = shared.Server.CreateClient();
        await (await anybody.SendAsync(request, Ct)).ShouldBeErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task An_upload_address_expires()
    {
        await using var server = await TestServer.StartAsync(["Urls:UploadLifetimeSeconds=1", "Worker:Enabled=false"]);
        var (_, upload) = await AnnounceAsync(server.Client, "a.png", "image/png");
        await Task.Delay(TimeSpan.FromSeconds(1.1), Ct);
        using var content = new ByteArrayContent(_picture);
        using var anybody = server.CreateClient();
        await (await anybody.PutAsync(upload, content, Ct)).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "URL_EXPIRED");
    }

    /// <summary>Every answer is lost once: the request reaches the server, and the caller asks again.</summary>
    [Fact]
    public async Task A_lost_answer_at_every_step_leaves_one_asset()
    {
        var caller = await shared.Server.AddCallerAsync("lossy");
        await AnnounceAsync(caller.Client, "a.png", "image/png");
        var (id, upload) = await AnnounceAsync(caller.Client, "a.png", "image/png");
        for (var i = 0; i < 2; i++)
            (await PutAsync(upload, _picture, "image/png")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var first = await ConfirmAsync(caller.Client, id);
        var second = await ConfirmAsync(caller.Client, id);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await second.ReadJsonAsync())["updated_at"].Text().ShouldBe((await first.ReadJsonAsync())["updated_at"].Text());
        (await PutAsync(upload, _picture, "image/png")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var list = await (await caller.Client.GetAsync("/v1/assets", Ct)).ReadJsonAsync();
        list["items"]!.AsArray().Select(a => a!["id"].Text()).ShouldBe([id]);
    }

    [Fact]
    public async Task A_repeated_file_of_other_bytes_is_refused_after_the_confirmation()
    {
        var (id, upload) = await AnnounceAsync(shared.Server.Client, "a.png", "image/png");
        await PutAsync(upload, _picture, "image/png");
        await ConfirmAsync(shared.Server.Client, id);
        var other = _picture.ToArray();
        other[^1] ^= 1;
        await (await PutAsync(upload, other, "image/png")).ShouldBeErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    private async Task<string> UploadAsync(HttpClient client, string name)
    {
        var (id, upload) = await AnnounceAsync(client, name, "image/png");
        (await PutAsync(upload, _picture, "image/png")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ConfirmAsync(client, id)).StatusCode.ShouldBe(HttpStatusCode.Created);
        return id;
    }

    private static async Task<(string Id, Uri Upload)> AnnounceAsync(HttpClient client, string name, string? type)
    {
        var response = await client.PostAsync("/v1/asset-uploads", Json(new JsonObject { ["filename"] = name, ["mime_type"] = type, ["size_bytes"] = _picture.Length }), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        var body = await response.ReadJsonAsync();
        return (body["asset_id"].Text(), new Uri(body["upload_url"].Text()));
    }

    private async Task<HttpResponseMessage> PutAsync(Uri upload, byte[] bytes, string type)
    {
        using var anybody = shared.Server.CreateClient();
        using var content = new ByteArrayContent(bytes);
        if (type.Length > 0)
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await anybody.PutAsync(upload, content, Ct);
    }

    private static Task<HttpResponseMessage> ConfirmAsync(HttpClient client, string id, string? folder = null) =>
        client.PostAsync($"/v1/asset-uploads/{id}/confirmations", Json(new JsonObject { ["folder_id"] = folder }), Ct);

    private async Task<JsonObject> ReadAsync(string id) => await (await shared.Server.Client.GetAsync($"/v1/assets/{id}", Ct)).ReadJsonAsync();

    private Task<HttpResponseMessage> RunWithAsync(string medium)
    {
        var body = SharedServer.RunBody();
        body["input"]!["image_url"] = medium;
        return shared.Server.Client.PostAsync(SharedServer.RunsPath, Json(body), Ct);
    }
}
