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
        account.MapGet("/auth/me", ReadCaller.HandleAsync).RequireKey();
        account.MapGet("/api-keys", ListAsync).RequireScope(Scopes.KeysEdit);
        account.MapPost("/api-keys", CreateKey.HandleAsync).RequireScope(Scopes.KeysEdit).WithMetadata(new WithoutIdempotency());
        account.MapDelete("/api-keys/{id}", RevokeAsync).RequireScope(Scopes.KeysEdit);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, Caller caller, IApiKeys keys, CancellationToken ct) =>
        ListResult.Of(request, KeyPresenter.List, await keys.ListAsync(caller.OrgId, ct));

    private static async Task<IResult> RevokeAsync(RouteId id, Caller caller, IApiKeys keys, CancellationToken ct) =>
        await keys.RevokeAsync(caller.OrgId, id, ct) ? TypedResults.NoContent() : ApiErrors.NotFound($"No key {id} exists in this organisation.");
}
