using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

internal static class RedeliverCallback
{
    public static async Task<IResult> HandleAsync(RouteId id, Caller caller, ICallbackOutbox outbox, IWorkSignal workSignal, CancellationToken ct)
    {
        var result = await outbox.RedeliverAsync(caller.OrgId, id, ct);
        if (result.Outcome == RedeliverOutcome.Created)
            workSignal.Notify(SignalTopic.Callbacks);

        return result.Outcome switch
        {
            RedeliverOutcome.Created => new JsonBodyResult(DeliveryPresenter.Present(result.Delivery!), StatusCodes.Status201Created),
            RedeliverOutcome.RunNotFound => ApiErrors.RunNotFound(id),
            RedeliverOutcome.RunNotTerminal => Refuse("The run has not ended yet; its callback is sent when it does.", "not_terminal"),
            RedeliverOutcome.NoCallbackUrl => Refuse("The run was created without a callback_url.", "no_callback_url"),
            _ => Refuse("A delivery is still on its way; wait for its end.", "conflict"),
        };
    }

    private static ApiError Refuse(string message, string type) => ApiErrors.Invalid(new Core.Catalog.FieldError(["path", "run_id"], message, type));
}
