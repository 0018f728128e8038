using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    [Fact]
    public async Task Every_scope_of_the_contract_can_be_given()
    {
        string[] contract =
        [
            "runs:create", "runs:read", "runs:execute", "assets:create", "assets:read", "assets:edit", "comfyui-workflows:read", "comfyui-workflows:create",
            "comfyui-workflows:edit", "comfyui-workflows:delete", "evaluations:create", "evaluations:read", "evaluations:edit", "credit_balance:read", "flows:read", "models:read",
        ];
        var created = await shared.Server.Client.PostAsync("/v1/api-keys", Json(new JsonObject { ["name"] = "all", ["scopes"] = JsonSerializer.SerializeToNode(contract) }), Ct);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Ct));
        (await created.ReadJsonAsync())["scopes"]!.AsArray().Select(scope => scope.Text()).ShouldBe(contract);
    }

    [Fact]
    public async Task A_caller_reads_who_it_is_with_every_documented_member()
    {
        var me = await (await shared.Server.Client.GetAsync("/v1/auth/me", Ct)).ReadJsonAsync();
        me.Select(member => member.Key).ShouldBe(
            ["id", "email", "first_name", "last_name", "avatar_url", "timezone", "locale_code", "email_verified_at", "memberships", "organizations", "pending_invitations"]);
        me["memberships"]![0]!["org"]!.AsObject().Select(member => member.Key).ShouldBe(["id", "name", "slug", "plan_code"]);
        me["organizations"].ShouldBeNull();

        var whole = await (await shared.Server.Client.GetAsync("/v1/auth/me?embed=memberships,organizations,pending_invitations", Ct)).ReadJsonAsync();
        whole["organizations"]!.AsArray().ShouldHaveSingleItem()!["id"].Text().ShouldBe(shared.Server.Caller.OrgId.ToString());
        whole["pending_invitations"]!.AsArray().ShouldBeEmpty();

        var error = await (await shared.Server.Client.GetAsync("/v1/auth/me?embed=friends", Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["message"].Text().ShouldBe("embed names \"friends\"; allowed are memberships, organizations, pending_invitations");
    }

    [Fact]
    public async Task Keys_are_searched_and_listed_in_pages()
    {
        var caller = await shared.Server.AddCallerAsync("keys");
        foreach (var name in new[] { "b", "a", "it's" })
            (await caller.Client.PostAsync("/v1/api-keys", Json(new JsonObject { ["name"] = name, ["scopes"] = new JsonArray() }), Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var found = await (await caller.Client.GetAsync("/v1/api-keys?q=name.EQ:'it''s'&fields=name", Ct)).ReadJsonAsync();
        found["items"]!.ToJsonString().ShouldBe("""[{"name":"it\u0027s"}]""");
        var first = await (await caller.Client.GetAsync("/v1/api-keys?sort_by=name&limit=2&fields=name", Ct)).ReadJsonAsync();
        var second = await (await caller.Client.GetAsync($"/v1/api-keys?sort_by=name&limit=2&fields=name&pq={first["next"].Text()}", Ct)).ReadJsonAsync();
        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(key => key!["name"].Text()).ShouldBe(["a", "b", "it's", "test"]);
        second["next"].ShouldBeNull();
        second["prev_pq"].Text().ShouldBe(second["previous"].Text());
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
