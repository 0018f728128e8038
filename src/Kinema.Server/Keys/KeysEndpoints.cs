using System.Text.Json.Nodes;
using Kinema.Core.Keys;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Idempotency;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Keys;

internal static class KeysEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var account = app.MapGroup("/v1").WithTags("Account");
        account.MapGet("/auth/me", ReadMeAsync).RequireKey();
        account.MapGet("/api-keys", ListAsync).RequireScope(Scopes.KeysEdit);
        account.MapPost("/api-keys", CreateKey.HandleAsync).RequireScope(Scopes.KeysEdit).WithMetadata(new WithoutIdempotency());
        account.MapDelete("/api-keys/{id}", RevokeAsync).RequireScope(Scopes.KeysEdit);
    }

    private static async Task<IResult> ReadMeAsync(Caller caller, IOrganizations organizations, CancellationToken ct)
    {
        var organization = await organizations.FindAsync(caller.OrgId, ct);
        return new JsonBodyResult(new JsonObject
        {
            ["id"] = caller.Key.Id,
            ["email"] = null,
            ["first_name"] = caller.Key.Name,
            ["last_name"] = null,
            ["memberships"] = new JsonArray(new JsonObject
            {
                ["org"] = organization is null ? null : new JsonObject { ["id"] = organization.Id, ["name"] = organization.Name, ["slug"] = organization.Slug },
                ["role_code"] = caller.Has(Scopes.KeysEdit) ? "admin" : "member",
                ["scopes"] = KeyPresenter.Texts(caller.Key.Scopes),
            }),
        });
    }

    private static async Task<IResult> ListAsync(Caller caller, IApiKeys keys, CancellationToken ct)
    {
        var items = await keys.ListAsync(caller.OrgId, ct);
        return new JsonBodyResult(new JsonObject
        {
            ["items"] = new JsonArray([.. items.Select(KeyPresenter.Present)]),
            ["first"] = null,
            ["next"] = null,
            ["previous"] = null,
        });
    }

    private static async Task<IResult> RevokeAsync(RouteId id, Caller caller, IApiKeys keys, CancellationToken ct) =>
        await keys.RevokeAsync(caller.OrgId, id, ct) ? TypedResults.NoContent() : ApiErrors.NotFound($"No key {id} exists in this organisation.");
}
