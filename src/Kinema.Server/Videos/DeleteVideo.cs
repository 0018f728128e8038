using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Videos;

/// <summary>Erases a video. One that goes on is canceled first, and its worker gets some seconds to let go of it.</summary>
internal static class DeleteVideo
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    public static async Task<IResult> HandleAsync(
        RouteId id, Caller caller, IRunLedger runs, IRunErasure erasure, IWorkSignal workSignal, TimeProvider timeProvider, CancellationToken ct)
    {
        if (await runs.FindAsync(caller.OrgId, id, ct) is not { } run)
            return VideoErrors.NotFound(id);

        if (!run.Status.IsTerminal())
        {
            if ((await runs.CancelAsync(caller.OrgId, id, "deleted through /v1/videos", ct)).Changed)
                workSignal.Notify(SignalTopic.History);
            await EndsAsync(id, caller, runs, timeProvider, ct);
        }

        return (await erasure.EraseAsync(caller.OrgId, id, ct)).Outcome switch
        {
            RunErasureOutcome.Erased => new JsonBodyResult(new JsonObject { ["id"] = id.ToString(), ["object"] = "video.deleted", ["deleted"] = true }),
            RunErasureOutcome.NotFound => VideoErrors.NotFound(id),
            RunErasureOutcome.NotEnded => ApiErrors.Conflict("The video is being canceled; delete it again.") with { RetryAfter = TimeSpan.FromSeconds(2) },
            RunErasureOutcome.DeliveryDue => ApiErrors.Conflict("A callback of the run is due or under way; delete it when that is delivered or given up."),
            _ => ApiErrors.Conflict("Another run uses inline data of this one; delete this one when that has ended."),
        };
    }

    private static async Task EndsAsync(RouteId id, Caller caller, IRunLedger runs, TimeProvider timeProvider, CancellationToken ct)
    {
        var began = timeProvider.GetTimestamp();
        while (timeProvider.GetElapsedTime(began) < _patience && await runs.FindAsync(caller.OrgId, id, ct) is { } run && !run.Status.IsTerminal())
            await Task.Delay(_pause, timeProvider, ct);
    }
}
