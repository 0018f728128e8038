using Kinema.Server.Auth;
using Kinema.Server.Idempotency;
using Kinema.Server.RateLimits;
using Kinema.Server.Requests;
using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Workers;

/// <summary>
/// The server's end of the worker protocol (<c>docs/worker-protocol.md</c>). It is for workers, so the API's description leaves it out, and the rate limits, which
/// are organisations', do not count it.
/// </summary>
internal static class WorkerProtocolEndpoints
{
    public static void MapWorkerProtocol(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup(WorkerProtocol.Root)
            .RequireWorkerKey()
            .AddEndpointFilter(CheckProtocol.InvokeAsync)
            .WithMetadata(new WithoutRate(), new WithoutIdempotency(), new BodyLimit(WorkerProtocol.MaxMessageBytes))
            .ExcludeFromDescription();
        routes.MapPost("/registrations", RegisterWorkerEndpoint.HandleAsync);

        var workers = routes.MapGroup("").AddEndpointFilter(FindWorker.InvokeAsync);
        workers.MapDelete("/registrations/{id:guid}", LeaveAsync);
        workers.MapPost("/claims", ClaimEndpoint.HandleAsync);
        workers.MapPost("/heartbeats", HeartbeatsEndpoint.HandleAsync);
        workers.MapPost("/appends", AppendsEndpoint.HandleAsync);

        var attempts = workers.MapGroup("/attempts/{runId:guid}/{fence:long}");
        attempts.MapPost("/inputs", InputsEndpoints.PrepareAsync);
        attempts.MapGet("/inputs/{digest}", InputsEndpoints.ReadAsync);
        attempts.MapGet("/artifacts/{name}", ArtifactsEndpoints.MeasureAsync);
        attempts.MapPatch("/artifacts/{name}", ArtifactsEndpoints.ReceiveAsync).WithMetadata(new BodyLimit(Uploads.MaxBytes));
        attempts.MapPost("/delivery", DeliveryEndpoint.HandleAsync);
        attempts.MapPost("/outcome", OutcomeEndpoint.HandleAsync);
    }

    private static async Task<IResult> LeaveAsync(Guid id, HttpContext http, LeaveForWorker leave, CancellationToken ct)
    {
        if (id != CallingWorker.Of(http).Worker.Id)
            return WorkerErrors.OtherWorker();

        await leave.HandleAsync(CallingWorker.Of(http).Worker, ct);
        return TypedResults.NoContent();
    }
}
