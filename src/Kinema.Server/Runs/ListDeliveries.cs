using Kinema.Core.Callbacks;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

internal static class ListDeliveries
{
    public static async Task<IResult> HandleAsync(RouteId id, HttpRequest request, Caller caller, ICallbackOutbox outbox, CancellationToken ct) =>
        await outbox.ListAsync(caller.OrgId, id, ct) is { } deliveries
            ? ListResult.ArrayOf(request, DeliveryPresenter.List, deliveries)
            : ApiErrors.RunNotFound(id);
}
