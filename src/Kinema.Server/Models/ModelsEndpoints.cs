using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Idempotency;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Models;

internal static class ModelsEndpoints
{
    private const string OnePath = "/v1/models/{owner}/{**slug}";

    public static void MapModels(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup("").WithTags("Models");
        models.MapGet("/v1/models", ListAsync).RequireScope(Scopes.ModelsRead);
        models.MapGet("/v1/public/models", ListAsync);
        models.MapGet(OnePath, ReadAsync).RequireScope(Scopes.ModelsRead);
        models.MapPost(OnePath, PostAsync).RequireScope(Scopes.RunsCreate).WithMetadata(new BodyLimit(JsonBody.MaxCreateBytes), new ReadsKeyedBody());
    }

    private static async Task<IResult> ListAsync(ICatalog catalog, ModelAvailability availability, CancellationToken ct)
    {
        var isAvailable = await availability.ReadAsync(ct);
        return new JsonBodyResult(ModelPresenter.PresentAll(catalog.Models.Select(m => (m, isAvailable(m)))));
    }

    private static async Task<IResult> ReadAsync(
        string owner, string? slug, HttpResponse response, ICatalog catalog, ModelAvailability availability, CancellationToken ct) =>
        ModelPath.Parse(owner, slug) switch
        {
            { Part: ModelPath.Runs or ModelPath.Estimates } => NotAllowed(response, response.HttpContext.Request.Method, HttpMethods.Post),
            { Part: not null } => ApiErrors.NotFound(),
            { Slug: var name } when catalog.Find(name) is { } model =>
                new JsonBodyResult(ModelPresenter.Present(model, (await availability.ReadAsync(ct))(model))),
            { Slug: var name } => ApiErrors.ModelNotFound(name),
        };

    private static Task<IResult> PostAsync(string owner, string? slug, HttpContext context, PostRun postRun, PostEstimate postEstimate, Caller caller, CancellationToken ct) =>
        ModelPath.Parse(owner, slug) switch
        {
            { Part: ModelPath.Runs, Slug: var name } => postRun.HandleAsync(name, context.Request, caller, ct),
            { Part: ModelPath.Estimates, Slug: var name } => postEstimate.HandleAsync(name, context.Request, caller, ct),
            { Part: not null } => Task.FromResult<IResult>(ApiErrors.NotFound()),
            _ => Task.FromResult<IResult>(NotAllowed(context.Response, HttpMethods.Post, $"{HttpMethods.Get}, {HttpMethods.Head}")),
        };

    private static ApiError NotAllowed(HttpResponse response, string method, string allowed)
    {
        response.Headers.Allow = allowed;
        return ApiErrors.MethodNotAllowed(method);
    }
}
