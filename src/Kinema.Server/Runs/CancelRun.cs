using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Requests cancellation of a run: 201 if this changed the run, 200 with the unchanged run if it had already ended.</summary>
internal static class CancelRun
{
    private const int MinReason = 3;
    private const int MaxReason = 500;

    public static Task<IResult> HandleAsync(
        RouteId id, HttpRequest request, Caller caller, IRunLedger runs, RunPresenter presenter, IWorkSignal workSignal, CancellationToken ct) =>
        CancelAsync(caller.OrgId, id, request, runs, presenter, workSignal, ct);

    /// <summary>Cancels across organisations; the route requires a platform administrator's key.</summary>
    public static Task<IResult> HandleAsAdminAsync(RouteId id, HttpRequest request, IRunLedger runs, RunPresenter presenter, IWorkSignal workSignal, CancellationToken ct) =>
        CancelAsync(null, id, request, runs, presenter, workSignal, ct);

    private static async Task<IResult> CancelAsync(
        Guid? orgId, RouteId id, HttpRequest request, IRunLedger runs, RunPresenter presenter, IWorkSignal workSignal, CancellationToken ct)
    {
        var (body, refusal) = await JsonBody.ReadObjectAsync(request, ct);
        if (refusal is not null)
            return refusal;

        var fields = new BodyFields(body);
        var reason = fields.OptionalText("reason", MaxReason);
        if (reason is { Length: < MinReason } && fields.Refusal is null)
            fields.Add("reason", $"must have from {MinReason} to {MaxReason} characters or be null; got {reason.Length}", "too_short");
        if (fields.Refusal is { } invalid)
            return invalid;

        var result = await runs.CancelAsync(orgId, id, reason, ct);
        if (result.Changed)
        {
            workSignal.Notify(SignalTopic.History);
            workSignal.Notify(SignalTopic.Callbacks);
        }

        return result.Run is { } run
            ? new JsonBodyResult(presenter.Present(run), result.Changed ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : ApiErrors.RunNotFound(id);
    }
}
