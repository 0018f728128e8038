using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using Microsoft.Data.Sqlite;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Idempotency;

/// <summary>The steps of upload and create, each sent again as if its answer had been lost; and the routes that keep no answers.</summary>
public sealed class RepeatedStepTests
{
    [Fact]
    public async Task A_lost_answer_at_every_step_makes_one_asset_and_one_run()
    {
        await using var server = await TestServer.StartIdleAsync();
        var picture = await File.ReadAllBytesAsync(Samples.Photograph("cat"), Ct);
        var announced = $$"""{"filename":"cat.jpg","mime_type":"image/jpeg","size_bytes":{{picture.Length}}}""";

        var upload = await TwiceAsync(server, "/v1/asset-uploads", announced, "asset_id");
        for (var i = 0; i < 2; i++)
            (await PutAsync(server, upload["upload_url"].Text(), picture)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var asset = await TwiceAsync(server, $"/v1/asset-uploads/{upload["asset_id"].Text()}/confirmations", "{}", "id");
        var body = SharedServer.RunBody();
        body["input"]!["image_url"] = asset["url"].Text();
        var run = await TwiceAsync(server, SharedServer.RunsPath, body.ToJsonString(), "id");

        (await (await server.Client.GetAsync("/v1/assets", Ct)).ReadJsonAsync())["items"]!.AsArray().ShouldHaveSingleItem()!["id"].Text().ShouldBe(asset["id"].Text());
        (await (await server.Client.GetAsync("/v1/runs", Ct)).ReadJsonAsync())["items"]!.AsArray().ShouldHaveSingleItem()!["id"].Text().ShouldBe(run["id"].Text());
    }

    [Fact]
    public async Task Signed_urls_are_not_stored_and_those_of_a_repeated_answer_work()
    {
        await using var server = await TestServer.StartIdleAsync();
        var picture = await File.ReadAllBytesAsync(Samples.Photograph("cat"), Ct);
        var announced = $$"""{"filename":"cat.jpg","size_bytes":{{picture.Length}}}""";

        await server.Client.PostAsync("up", "/v1/asset-uploads", announced);
        var upload = await (await server.Client.PostAsync("up", "/v1/asset-uploads", announced)).ReadJsonAsync();
        (await PutAsync(server, upload["upload_url"].Text(), picture)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var confirmation = $"/v1/asset-uploads/{upload["asset_id"].Text()}/confirmations";
        await server.Client.PostAsync("up", confirmation);
        var replayed = await server.Client.PostAsync("up", confirmation);
        replayed.IsReplayed().ShouldBeTrue();
        using var anybody = server.CreateClient();
        (await anybody.GetByteArrayAsync((await replayed.ReadJsonAsync())["url"].Text(), Ct)).ShouldBe(picture);

        var stored = Query(server, "SELECT CAST(body AS TEXT) || signed_places FROM idempotency_keys");
        stored.Count.ShouldBe(2);
        stored.ShouldAllBe(text => !text.Contains("signature", StringComparison.Ordinal) && !text.Contains("http", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancellation_that_is_repeated_is_answered_as_the_first()
    {
        await using var server = await TestServer.StartIdleAsync();
        var run = await (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).ReadJsonAsync();
        var path = $"/v1/runs/{run["id"].Text()}/cancellation";
        var first = await server.Client.PostAsync("stop", path);
        first.StatusCode.ShouldBe(HttpStatusCode.Created);

        (await server.Client.PostAsync(path, null, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await server.Client.PostAsync("stop", path)).ShouldReplayAsync(await first.ReadJsonAsync());
        await (await server.Client.PostAsync("stop", path, """{"reason":"another"}""")).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
    }

    [Theory]
    [InlineData("/v1/callback-secrets", """{"label":"a"}""", "plain_secret")]
    [InlineData("/v1/api-keys", """{"name":"a"}""", "key")]
    public async Task A_route_that_shows_a_secret_once_makes_another_each_time_and_stores_no_answer(string path, string body, string member)
    {
        await using var server = await TestServer.StartIdleAsync();
        var first = await (await server.Client.PostAsync("once", path, body)).ReadJsonAsync();
        var second = await server.Client.PostAsync("once", path, body);

        second.IsReplayed().ShouldBeFalse();
        (await second.ReadJsonAsync())[member].Text().ShouldNotBe(first[member].Text());
        Query(server, "SELECT key FROM idempotency_keys").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repetition_for_a_run_that_was_deleted_is_404_and_makes_no_second_run()
    {
        await using var server = await TestServer.StartIdleAsync();
        var body = SharedServer.RunBody().ToJsonString();
        var run = await (await server.Client.PostAsync("order", SharedServer.RunsPath, body)).ReadJsonAsync();
        var path = $"/v1/runs/{run["id"].Text()}";
        (await server.Client.PostAsync($"{path}/cancellation", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client.DeleteAsync(path, Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        for (var i = 0; i < 2; i++)
            await (await server.Client.PostAsync("order", SharedServer.RunsPath, body)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "RUN_NOT_FOUND");
        (await server.CountRunsAsync()).ShouldBe(0);
        Query(server, "SELECT body FROM idempotency_keys WHERE body IS NOT NULL").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_keyed_answer_about_a_run_is_erased_with_it()
    {
        await using var server = await TestServer.StartIdleAsync();
        var run = await (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).ReadJsonAsync();
        var path = $"/v1/runs/{run["id"].Text()}";
        (await server.Client.PostAsync("stop", $"{path}/cancellation")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client.DeleteAsync(path, Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await (await server.Client.PostAsync("stop", $"{path}/cancellation")).ShouldBeErrorAsync(HttpStatusCode.NotFound, "RUN_NOT_FOUND");
        Query(server, "SELECT body FROM idempotency_keys WHERE body IS NOT NULL").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_with_a_key_is_refused_also_where_no_body_is_read()
    {
        await using var server = await TestServer.StartIdleAsync();
        var run = await (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).ReadJsonAsync();
        await server.Client.PostAsync($"/v1/runs/{run["id"].Text()}/cancellation", null, Ct);
        using var form = new FormUrlEncodedContent([new("a", "b")]);

        await (await server.Client.PostAsync("again", $"/v1/runs/{run["id"].Text()}/retries", form))
            .ShouldBeErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused_with_a_key_as_without()
    {
        await using var server = await TestServer.StartIdleAsync();
        using var text = new StringContent("{}");
        await (await server.Client.PostAsync("a", "/v1/asset-uploads", text)).ShouldBeErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        await (await server.Client.PostAsync("a", "/v1/asset-uploads", new string(' ', (1 << 20) + 1)))
            .ShouldBeErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }

    private static async Task<JsonObject> TwiceAsync(TestServer server, string path, string body, string idMember)
    {
        var key = Guid.CreateVersion7().ToString();
        var first = await server.Client.PostAsync(key, path, body);
        first.StatusCode.ShouldBe(HttpStatusCode.Created, await first.Content.ReadAsStringAsync(Ct));
        var second = await server.Client.PostAsync(key, path, body);
        second.IsReplayed().ShouldBeTrue();
        var again = await second.ReadJsonAsync();
        again[idMember].Text().ShouldBe((await first.ReadJsonAsync())[idMember].Text());
        return again;
    }

    private static async Task<HttpResponseMessage> PutAsync(TestServer server, string url, byte[] picture)
    {
        using var anybody = server.CreateClient();
        using var content = new ByteArrayContent(picture);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return await anybody.PutAsync(url, content, Ct);
    }

    private static List<string> Query(TestServer server, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "kinema.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
