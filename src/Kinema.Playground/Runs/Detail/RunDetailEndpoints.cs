using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Playground.Runs.Panel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Runs.Detail;

/// <summary>A run's page and what its forms do. The scopes are those of the API's routes.</summary>
internal static class RunDetailEndpoints
{
    private const string Route = "/runs/{id}";

    public static void MapRunDetail(this IEndpointRouteBuilder app)
    {
        app.MapGet(Route, context => RunRequest.HandleAsync(context, Scopes.RunsRead, ShowAsync));
        Post(app, "cancellation", Scopes.RunsCreate, CancelAsync);
        Post(app, "feedback", Scopes.RunsCreate, RateAsync);
        Post(app, "callback-redeliveries", Scopes.RunsExecute, RedeliverAsync);
        Post(app, "deletion", Scopes.RunsEdit, DeleteAsync);
    }

    private static void Post(IEndpointRouteBuilder app, string action, string scope, Func<RunRequest, IFormCollection, Task> handle) =>
        PageRequest.TakesForms(app.MapPost($"{Route}/{action}", context => RunRequest.HandleAsync(context, scope, async request =>
        {
            if (await request.Page.ReadFormAsync() is { } form)
                await handle(request, form);
        })));

    private static async Task ShowAsync(RunRequest request)
    {
        if (await RunDetail.ReadAsync(request.Page, request.Visitor, request.RunId) is not { } detail)
        {
            await request.RefuseUnknownAsync();
            return;
        }

        await request.Page.ShowAsync<RunPage>(request.Page.Frame($"Run {RunWords.ShortId(detail.Run)}", "/runs", "run.js"), new Dictionary<string, object?> { ["Detail"] = detail });
    }

    private static async Task CancelAsync(RunRequest request, IFormCollection form)
    {
        var result = await request.Page.Service<IRunLedger>().CancelAsync(request.OrgId, request.RunId, reason: null, request.Page.Aborted);
        if (result.Changed)
        {
            request.Page.Service<IWorkSignal>().Notify(SignalTopic.History);
            request.Page.Service<IWorkSignal>().Notify(SignalTopic.Callbacks);
        }

        await (result.Run is null ? request.RefuseUnknownAsync() : request.GoBackAsync());
    }

    private static async Task RateAsync(RunRequest request, IFormCollection form)
    {
        var reason = form["reason"].ToString().ReplaceLineEndings("\n").Trim();
        if (reason.Length > RunFeedback.MaxReasonLength)
        {
            await request.Page.RefuseAsync(
                StatusCodes.Status422UnprocessableEntity, "The text is too long", $"Feedback may have {RunFeedback.MaxReasonLength} characters; it has {reason.Length}.");
            return;
        }

        var feedback = new RunFeedback
        {
            IsPositive = bool.TryParse(form["is_positive"], out var verdict) ? verdict : null,
            SetsIsPositive = form.ContainsKey("is_positive"),
            Reason = reason.Length > 0 ? reason : null,
            SetsReason = form.ContainsKey("reason"),
        };
        var run = await request.Page.Service<IRunFeedback>().SetAsync(request.OrgId, request.RunId, feedback, request.Page.Aborted);
        await (run is null ? request.RefuseUnknownAsync() : request.GoBackAsync());
    }

    private static async Task RedeliverAsync(RunRequest request, IFormCollection form)
    {
        var result = await request.Page.Service<ICallbackOutbox>().RedeliverAsync(request.OrgId, request.RunId, request.Page.Aborted);
        if (result.Outcome == RedeliverOutcome.Created)
            request.Page.Service<IWorkSignal>().Notify(SignalTopic.Callbacks);

        await (result.Outcome switch
        {
            RedeliverOutcome.Created => request.GoBackAsync("#callbacks"),
            RedeliverOutcome.RunNotFound => request.RefuseUnknownAsync(),
            RedeliverOutcome.RunNotTerminal => Refuse("The run has not ended yet; its callback is sent when it does."),
            RedeliverOutcome.NoCallbackUrl => Refuse("The run was created without a callback_url."),
            _ => Refuse("A delivery is still on its way; wait for its end."),
        });

        Task Refuse(string message) => request.Page.RefuseAsync(StatusCodes.Status409Conflict, "The callback cannot be sent again", message);
    }

    private static async Task DeleteAsync(RunRequest request, IFormCollection form)
    {
        var result = await request.Page.Service<IRunErasure>().EraseAsync(request.OrgId, request.RunId, request.Page.Aborted);
        await (result.Outcome switch
        {
            RunErasureOutcome.Erased => request.Page.GoToAsync("/runs"),
            RunErasureOutcome.NotFound => request.RefuseUnknownAsync(),
            RunErasureOutcome.NotEnded => Refuse("The run has not ended; cancel it or wait for its end."),
            RunErasureOutcome.DeliveryDue => Refuse("A callback of the run is due or under way; delete the run when it is delivered or given up."),
            _ => Refuse($"The run {result.UsedBy} uses inline data of this one; delete this run when that one has ended."),
        });

        Task Refuse(string message) => request.Page.RefuseAsync(StatusCodes.Status409Conflict, "The run cannot be deleted yet", message);
    }
}
