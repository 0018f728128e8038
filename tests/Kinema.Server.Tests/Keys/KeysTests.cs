using System.Net;
using Kinema.Core.Keys;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Keys;

public sealed class KeysTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task A_key_is_made_used_and_revoked()
    {
        var created = await shared.Server.Client.PostAsync("/v1/api-keys", Json("""{"name":"reader","scopes":["runs:read"]}"""), Ct);
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var key = await created.ReadJsonAsync();
        using var reader = shared.Server.CreateClient(key["key"].Text());
        (await reader.GetAsync("/v1/runs", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await reader.GetAsync("/v1/models", Ct)).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "PERMISSION_DENIED");

        var listed = await (await shared.Server.Client.GetAsync("/v1/api-keys", Ct)).Content.ReadAsStringAsync(Ct);
        listed.ShouldContain(key["prefix"].Text());
        listed.ShouldNotContain(key["key"].Text());

        (await shared.Server.Client.DeleteAsync($"/v1/api-keys/{key["id"].Text()}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await reader.GetAsync("/v1/runs", Ct)).ShouldBeErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task A_key_cannot_give_what_it_does_not_have()
    {
        var editor = await shared.Server.AddKeyAsync(shared.Server.Caller.OrgId, [Scopes.KeysEdit]);
        await (await editor.Client.PostAsync("/v1/api-keys", Json("""{"name":"more","scopes":["runs:create"]}"""), Ct)).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        var same = await (await editor.Client.PostAsync("/v1/api-keys", Json("""{"name":"same"}"""), Ct)).ReadJsonAsync();
        same["scopes"]!.AsArray().Select(s => s.Text()).ShouldBe([Scopes.KeysEdit]);
    }

    [Theory]
    [InlineData("""{"scopes":[]}""", "name")]
    [InlineData("""{"name":"a","scopes":["runs:delete"]}""", "scopes")]
    [InlineData("""{"name":"a","scopes":"runs:read"}""", "scopes")]
    [InlineData("""{"name":"a","expires_at":"2001-01-01T00:00:00Z"}""", "expires_at")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var error = await (await shared.Server.Client.PostAsync("/v1/api-keys", Json(body), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["errors"]![0]!["loc"]![1].Text().ShouldBe(field);
    }
}
