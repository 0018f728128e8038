using System.Net;
using System.Text.Json.Nodes;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

public sealed class CallbackSecretTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private HttpClient Client => shared.Server.Client;

    [Fact]
    public async Task Secrets_are_searched_and_listed_in_pages()
    {
        var caller = await shared.Server.AddCallerAsync("secrets");
        foreach (var label in new[] { "b", "a", "c" })
            await caller.Client.PostAsync("/v1/callback-secrets", Json(new JsonObject { ["label"] = label }), Ct);
        const string path = "/v1/callback-secrets?q=NOT label:c&sort_by=label&limit=1&fields=label";

        var first = await (await caller.Client.GetAsync(path, Ct)).ReadJsonAsync();
        var second = await (await caller.Client.GetAsync($"{path}&pq={first["next"].Text()}", Ct)).ReadJsonAsync();

        first["items"]!.ToJsonString().ShouldBe("""[{"label":"a"}]""");
        second["items"]!.ToJsonString().ShouldBe("""[{"label":"b"}]""");
        second["next"].ShouldBeNull();
        await (await caller.Client.GetAsync("/v1/callback-secrets?sort_by=plain_secret", Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_secret_is_shown_once_superseded_only_on_request_renamed_and_deleted()
    {
        var client = (await shared.Server.AddCallerAsync("secrets")).Client;
        var created = await client.PostAsync("/v1/callback-secrets", Json("""{"label":"first"}"""), Ct);
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var first = await created.ReadJsonAsync();
        first["plain_secret"].Text().ShouldMatch("^whsec_[A-Za-z0-9+/]{43}=$");
        first["is_current"]!.GetValue<bool>().ShouldBeTrue();
        var id = first["id"].Text();

        var second = await (await client.PostAsync("/v1/callback-secrets", Json("{}"), Ct)).ReadJsonAsync();
        second["is_current"]!.GetValue<bool>().ShouldBeFalse();
        await client.PatchAsync($"/v1/callback-secrets/{second["id"].Text()}", Json("""{"is_current":true}"""), Ct);
        var read = await (await client.GetAsync($"/v1/callback-secrets/{id}", Ct)).ReadJsonAsync();
        read.ContainsKey("plain_secret").ShouldBeFalse();
        read["is_current"]!.GetValue<bool>().ShouldBeFalse();

        var renamed = await (await client.PatchAsync($"/v1/callback-secrets/{id}", Json("""{"label":"old","is_current":true}"""), Ct)).ReadJsonAsync();
        renamed["label"].Text().ShouldBe("old");
        renamed["is_current"]!.GetValue<bool>().ShouldBeTrue();

        (await client.DeleteAsync($"/v1/callback-secrets/{second["id"].Text()}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var list = await (await client.GetAsync("/v1/callback-secrets", Ct)).ReadJsonAsync();
        var ids = list["items"]!.AsArray().Select(s => s!["id"].Text()).ToList();
        ids.ShouldContain(id);
        ids.ShouldNotContain(second["id"].Text());
        list.ToJsonString().ShouldNotContain(first["plain_secret"].Text());
    }

    [Theory]
    [InlineData("""{"label":5}""", "label")]
    [InlineData("""{"is_current":"yes"}""", "is_current")]
    [InlineData("""{"is_current":false}""", "is_current")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var secret = await (await Client.PostAsync("/v1/callback-secrets", Json("{}"), Ct)).ReadJsonAsync();
        var error = await (await Client.PatchAsync($"/v1/callback-secrets/{secret["id"].Text()}", Json(body), Ct))
            .ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["errors"]![0]!["loc"]![1].Text().ShouldBe(field);
    }
}
