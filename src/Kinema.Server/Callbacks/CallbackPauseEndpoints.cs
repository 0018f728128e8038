using Kinema.Core.Callbacks;
using Kinema.Core.Json;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Callbacks;

/// <summary>Pauses and resumes the organisation's callbacks, for receivers that can hold only one secret.</summary>
internal static class CallbackPauseEndpoints
{
    public static void MapCallbackPause(this IEndpointRouteBuilder app)
    {
        var pause = app.MapGroup("/v1/callback-pause").RequireScope(Scopes.SecretsEdit).WithTags("Webhooks");
        pause.MapGet("", async (Caller caller, ICallbackPauses pauses, CancellationToken ct) => Present(await pauses.ReadAsync(caller.OrgId, ct)));
        pause.MapPut("", async (Caller caller, ICallbackPauses pauses, CancellationToken ct) => Present(await pauses.PauseAsync(caller.OrgId, ct)));
        pause.MapDelete("", ResumeAsync);
    }

    private static async Task<IResult> ResumeAsync(Caller caller, ICallbackPauses pauses, IWorkSignal workSignal, CancellationToken ct)
    {
        var state = await pauses.ResumeAsync(caller.OrgId, ct);
        workSignal.Notify(SignalTopic.Callbacks);
        return Present(state);
    }

    private static JsonBodyResult Present(CallbackPause pause) => new(WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteTime("paused_at", pause.PausedAt);
        writer.WriteNumber("waiting", pause.Waiting);
        writer.WriteNumber("under_way", pause.UnderWay);
        writer.WriteEndObject();
    }));
}
