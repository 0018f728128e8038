using Kinema.Core.Workers;
using Kinema.Server.Auth;
using Kinema.Worker.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Workers;

/// <summary>Finds the worker that calls. A key speaks only for workers that registered with it.</summary>
internal static class FindWorker
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!Guid.TryParse(http.Request.Headers[WorkerProtocol.WorkerHeader], out var id))
            return WorkerErrors.WorkerIdMissing();
        if (await http.RequestServices.GetRequiredService<IRemoteWorkers>().FindAsync(id, http.RequestAborted) is not { } worker)
            return WorkerErrors.WorkerUnknown(id);
        if (http.Features.Get<WorkerCaller>()?.Key.Id != worker.KeyId)
            return WorkerErrors.OtherWorker();

        http.Features.Set(new CallingWorker(worker));
        return await next(context);
    }
}
