using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Idempotency;
using Kinema.Server.Requests;
using Kinema.Server.Runs;
using Kinema.Server.Unsupported;
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
        models.MapGet("/v1/models", ListModels.HandleAsync).RequireScope(Scopes.ModelsRead);
        models.MapGet("/v1/public/models", ListModels.HandlePublicAsync);
        models.MapGet("/v1/model-creators", ListCreators.HandleAsync).RequireScope(Scopes.ModelsRead);
        models.MapGet("/v1/model-creators/{id}", ListCreators.FindAsync).RequireScope(Scopes.ModelsRead);
        models.MapGet("/models-catalog.json", SiteCatalog.HandleAsync);
        models.MapGet(OnePath, ReadAsync).RequireScope(Scopes.ModelsRead);
        models.MapPost(OnePath, PostAsync).RequireScope(Scopes.RunsCreate).WithMetadata(new BodyLimit(JsonBody.MaxCreateBytes), new ReadsKeyedBody());
    }

    private static async Task<IResult> ReadAsync(
        string owner, string? slug, HttpRequest request, HttpResponse response, ICatalog catalog, ModelAvailability availability, CancellationToken ct)
    {
        var path = ModelPath.Parse(owner, slug);
        switch (path.Part)
        {
            case ModelPath.Runs or ModelPath.Estimates:
                return NotAllowed(response, request.Method, HttpMethods.Post);
            case ModelPath.Batches:
                return NoBatches();
            case null:
                return await availability.FindAsync(path.Slug, ct) is { } entry
                    ? new JsonBodyResult(ModelPresenter.Present(entry))
                    : ApiErrors.ModelNotFound(path.Slug);
            default:
                return ListModelRows.Handle(path, request, catalog);
        }
    }

    private static Task<IResult> PostAsync(
        string owner, string? slug, HttpContext context, PostRun postRun, PostEstimate postEstimate, WaitForRun wait, ICatalog catalog, Caller caller, CancellationToken ct)
    {
        var path = ModelPath.Parse(owner, slug);
        var name = catalog.FindByPath(path.Slug)?.Slug ?? path.Slug;
        return path.Part switch
        {
            ModelPath.Runs => wait.HoldAsync(postRun.HandleAsync(name, context.Request, caller, ct), context, caller),
            ModelPath.Estimates => postEstimate.HandleAsync(name, context.Request, caller, ct),
            ModelPath.Batches => Task.FromResult<IResult>(NoBatches()),
            null => Task.FromResult<IResult>(NotAllowed(context.Response, HttpMethods.Post, $"{HttpMethods.Get}, {HttpMethods.Head}")),
            _ => Task.FromResult<IResult>(ApiErrors.NotFound()),
        };
    }

    private static ApiError NoBatches() => ApiErrors.NotSupported(UnsupportedEndpoints.Batches);

    private static ApiError NotAllowed(HttpResponse response, string method, string allowed)
    {
        response.Headers.Allow = allowed;
        return ApiErrors.MethodNotAllowed(method);
    }
}
