using Kinema.Core.Idempotency;
using Kinema.Server.Auth;
using Kinema.Server.Configuration;
using Kinema.Server.Errors;
using Kinema.Server.Models;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Idempotency;

/// <summary>
/// Answers a repeated POST with the answer to the first. Only answers that tell of something done (201) are kept: any other request changed nothing, so
/// its key may be used again.
/// </summary>
internal sealed partial class IdempotencyMiddleware(
    RequestDelegate next,
    IIdempotencyKeys keys,
    RequestsUnderWay underWay,
    StoredUrls urls,
    IOptions<ServerOptions> options,
    ILogger<IdempotencyMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method)
            || context.Request.Headers[IdempotencyHeader.Name].Count == 0
            || context.Features.Get<Caller>() is not { } caller
            || context.GetEndpoint()?.Metadata is not { } metadata
            || metadata.GetMetadata<WithoutIdempotency>() is not null)
        {
            await next(context);
            return;
        }

        var (key, refusal) = IdempotencyHeader.Read(context.Request);
        if (key is null)
        {
            await refusal!.ExecuteAsync(context);
            return;
        }

        var scope = new IdempotencyScope(caller.OrgId, RouteOf(context.Request), key);
        if (underWay.TryBegin(scope) is not { } use)
        {
            await ApiErrors.RequestUnderWay().ExecuteAsync(context);
            return;
        }

        using (use)
        {
            var earlier = await keys.FindAsync(scope, context.RequestAborted);
            using var request = new KeyedRequest(scope, earlier, use, urls, TimeSpan.FromHours(options.Value.IdempotencyHours));
            context.Features.Set(request);
            if (metadata.GetMetadata<ReadsKeyedBody>() is not null)
                await next(context);
            else
                await AnswerAsync(context, request, metadata.GetMetadata<StoresBodyAsIs>() is not null);
        }
    }

    /// <summary>Slashes of a model's id may come escaped.</summary>
    private static string RouteOf(HttpRequest request) => ModelPath.Unescape(request.Path.Value!);

    private async Task AnswerAsync(HttpContext context, KeyedRequest request, bool asItIs)
    {
        // Also for handlers that read no body: without it there is nothing to compare.
        if (JsonBody.RefuseType(context.Request) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        var body = await JsonBody.UnpackAsync(context.Request, context.RequestAborted);
        if (request.Answer(body) is { } answer)
        {
            await answer.ExecuteAsync(context);
            return;
        }

        var target = context.Response.Body;
        using var response = new AnswerBuffer();
        context.Response.Body = response;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = target;
        }

        var bytes = response.ToArray();
        if (context.Response.StatusCode == StatusCodes.Status201Created && !request.IsStored)
            await StoreAsync(request.ForResponse(bytes, context.Response.Headers.Location, RunOf(context), asItIs));
        await target.WriteAsync(bytes, context.RequestAborted);
    }

    private static Guid? RunOf(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/v1/runs", StringComparison.Ordinal) && Guid.TryParse(context.GetRouteValue("id") as string, out var id) ? id : null;

    /// <summary>What was asked for is done, so its answer goes out even if it cannot be kept.</summary>
    private async Task StoreAsync(StoredAnswer answer)
    {
        try
        {
            await keys.AddAsync(answer, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotStored(answer.Scope.Route, e);
        }
    }

    [LoggerMessage(1010, LogLevel.Warning, "The answer to a request to {Route} could not be stored for repetitions")]
    private partial void LogNotStored(string route, Exception exception);
}
