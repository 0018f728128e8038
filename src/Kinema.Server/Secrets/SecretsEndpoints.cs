using Kinema.Core.Callbacks;
using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Idempotency;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Secrets;

internal static class SecretsEndpoints
{
    private const int MaxLabel = 255;

    public static void MapCallbackSecrets(this IEndpointRouteBuilder app)
    {
        var secrets = app.MapGroup("/v1/callback-secrets").RequireScope(Scopes.SecretsEdit).WithTags("Webhooks");
        secrets.MapPost("", CreateAsync).WithMetadata(new WithoutIdempotency());
        secrets.MapGet("", async (HttpRequest request, Caller caller, ICallbackSecrets store, CancellationToken ct) =>
            ListResult.Of(request, CallbackSecretPresenter.List, await store.ListAsync(caller.OrgId, ct)));
        secrets.MapGet("/{id}", async (RouteId id, Caller caller, ICallbackSecrets store, CancellationToken ct) =>
            Found(id, await store.FindAsync(caller.OrgId, id, ct)));
        secrets.MapPatch("/{id}", UpdateAsync);
        secrets.MapDelete("/{id}", async (RouteId id, Caller caller, ICallbackSecrets store, CancellationToken ct) =>
            await store.DeleteAsync(caller.OrgId, id, ct) ? TypedResults.NoContent() : Found(id, null));
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, Caller caller, ICallbackSecrets store, CancellationToken ct)
    {
        var (body, refusal) = await JsonBody.ReadObjectAsync(request, ct);
        if (refusal is not null)
            return refusal;

        var fields = new BodyFields(body);
        var label = fields.OptionalText("label", MaxLabel);
        if (fields.Refusal is { } invalid)
            return invalid;

        var (secret, plain) = await store.CreateAsync(caller.OrgId, label, ct);
        return new JsonBodyResult(CallbackSecretPresenter.PresentCreated(secret, plain), StatusCodes.Status201Created)
        {
            Location = $"/v1/callback-secrets/{secret.Id}",
        };
    }

    private static async Task<IResult> UpdateAsync(RouteId id, HttpRequest request, Caller caller, ICallbackSecrets store, CancellationToken ct)
    {
        var (body, refusal) = await JsonBody.ReadObjectAsync(request, ct);
        if (refusal is not null)
            return refusal;

        var fields = new BodyFields(body);
        var label = fields.OptionalText("label", MaxLabel);
        var isCurrent = fields.OptionalFlag("is_current");
        if (isCurrent is false)
            fields.Add("is_current", "must be true or null; make another secret current instead", FieldErrorTypes.Value);

        return fields.Refusal is { } invalid ? invalid : Found(id, await store.UpdateAsync(caller.OrgId, id, label, isCurrent, ct));
    }

    private static IResult Found(RouteId id, CallbackSecret? secret) => secret is not null
        ? new JsonBodyResult(CallbackSecretPresenter.Present(secret))
        : ApiErrors.NotFound($"No callback secret {id} exists in this organisation.");
}
