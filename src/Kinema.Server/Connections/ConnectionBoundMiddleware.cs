using Kinema.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Connections;

/// <summary>Refuses requests while too many connections are open, and closes theirs. Routes with <see cref="ServedWhenBusy"/> are always served.</summary>
internal sealed class ConnectionBoundMiddleware(RequestDelegate next, OpenConnections connections)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<TrackedConnection>() is not { } connection)
        {
            await next(context);
            return;
        }

        connections.BeginRequest(connection);
        try
        {
            if (connections.AreTooMany && context.GetEndpoint()?.Metadata.GetMetadata<ServedWhenBusy>() is null)
            {
                context.Response.Headers.Connection = "close";
                await ApiErrors.ServerBusy("The server has as many connections as it serves; try again.").ExecuteAsync(context);
                return;
            }

            await next(context);
        }
        finally
        {
            connections.EndRequest(connection);
        }
    }
}

/// <summary>Marks the routes of probes: they must tell a busy server from a dead one.</summary>
internal sealed class ServedWhenBusy;
