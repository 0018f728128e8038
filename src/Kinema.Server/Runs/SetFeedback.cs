using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Stores the caller's verdict on a run: null erases a value, one that is not sent stays.</summary>
internal static class SetFeedback
{
    public static async Task<IResult> HandleAsync(
        RouteId id, HttpRequest request, Caller caller, IRunFeedback feedback, RunPresenter presenter, CancellationToken ct)
    {
        var (body, refusal) = await JsonBody.ReadObjectAsync(request, ct);
        if (refusal is not null)
            return refusal;

        var fields = new BodyFields(body);
        var sent = new RunFeedback
        {
            IsPositive = fields.OptionalFlag("is_positive"),
            SetsIsPositive = body.TryGetProperty("is_positive", out _),
            Reason = fields.OptionalText("reason", RunFeedback.MaxReasonLength),
            SetsReason = body.TryGetProperty("reason", out _),
        };
        if (fields.Refusal is { } invalid)
            return invalid;

        return await feedback.SetAsync(caller.OrgId, id, sent, ct) is { } run ? new JsonBodyResult(presenter.Present(run)) : ApiErrors.RunNotFound(id);
    }
}
