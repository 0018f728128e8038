using Kinema.Core.Keys;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Idempotency;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Videos;

/// <summary>The routes that OpenAI-style video clients call, over the same runs (docs/videos-api.md).</summary>
internal static class VideosEndpoints
{
    public const string Root = "/v1/videos";

    public static IServiceCollection AddVideos(this IServiceCollection services) => services
        .AddSingleton<CreateVideo>()
        .AddSingleton<RepeatedVideos>()
        .AddSingleton<VideoPresenter>();

    public static void MapVideos(this IEndpointRouteBuilder app)
    {
        var videos = app.MapGroup(Root).WithTags("Videos").ExcludeFromDescription();
        videos.MapPost("", CreateAsync).RequireScope(Scopes.RunsCreate).WithMetadata(new BodyLimit(JsonBody.MaxCreateBytes), new ReadsKeyedBody());
        videos.MapGet("", ReadVideos.ListAsync).RequireScope(Scopes.RunsRead);
        videos.MapGet("/{id}", ReadVideos.GetAsync).RequireScope(Scopes.RunsRead);
        videos.MapDelete("/{id}", DeleteVideo.HandleAsync).RequireScope(Scopes.RunsEdit);
        videos.MapGet("/{id}/content", ReadVideos.GetContentAsync).RequireScope(Scopes.RunsRead);
        foreach (var other in (string[])["/{id}/remix", "/edits", "/extensions", "/characters"])
            videos.MapPost(other, () => ApiErrors.NotSupported("Kinema makes videos from pictures, clips and sounds; it does not remix, edit or extend one that it made.")).RequireKey().WithMetadata(new WithoutIdempotency());
    }

    private static Task<IResult> CreateAsync(HttpContext context, CreateVideo create, Caller caller, CancellationToken ct) => create.HandleAsync(context.Request, caller, ct);
}
