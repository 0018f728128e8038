using System.Text.Json.Nodes;
using Kinema.Core.Keys;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Keys;

/// <summary>
/// Shows who calls: <c>GET /v1/auth/me</c>. Kinema has keys and no users, so the key stands for the user and has one membership, in its organisation.
/// </summary>
internal static class ReadCaller
{
    private const string Memberships = "memberships";
    private const string Organizations = "organizations";
    private const string Invitations = "pending_invitations";

    private static readonly string[] _embeds = [Memberships, Organizations, Invitations];

    public static async Task<IResult> HandleAsync(HttpRequest request, Caller caller, IOrganizations organizations, CancellationToken ct)
    {
        var errors = Embed.Read(request.Query["embed"], _embeds, out var embedded);
        if (errors.Count > 0)
            return ApiErrors.Invalid(errors);

        // The owner cannot be missing: a key refers to its organisation.
        var owner = (await organizations.FindAsync(caller.OrgId, ct))!;
        return new JsonBodyResult(new JsonObject
        {
            ["id"] = caller.Key.Id,
            ["email"] = null,
            ["first_name"] = caller.Key.Name,
            ["last_name"] = null,
            ["avatar_url"] = null,
            ["timezone"] = null,
            ["locale_code"] = null,
            ["email_verified_at"] = null,
            // Always, as callers read their organisation here; the embed is accepted and changes nothing.
            [Memberships] = new JsonArray(new JsonObject
            {
                ["org"] = Present(owner),
                ["role_code"] = caller.Has(Scopes.KeysEdit) ? "admin" : "member",
                ["scopes"] = KeyPresenter.Texts(caller.Key.Scopes),
            }),
            [Organizations] = embedded.Contains(Organizations) ? new JsonArray(Present(owner)) : null,
            [Invitations] = embedded.Contains(Invitations) ? new JsonArray() : null,
        });
    }

    private static JsonObject Present(Organization organization) => new()
    {
        ["id"] = organization.Id,
        ["name"] = organization.Name,
        ["slug"] = organization.Slug,
        ["plan_code"] = null,
    };
}
