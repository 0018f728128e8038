using System.Globalization;
using Kinema.Worker.Protocol;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Workers;

/// <summary>Refuses a worker whose version of the protocol is not served.</summary>
internal static class CheckProtocol
{
    public static ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var text = context.HttpContext.Request.Headers[WorkerProtocol.VersionHeader].ToString();
        return Read(context.HttpContext) is >= WorkerProtocol.OldestServed and <= WorkerProtocol.Version
            ? next(context)
            : ValueTask.FromResult<object?>(WorkerErrors.ProtocolNotServed(text));
    }

    public static int Read(HttpContext context) =>
        int.TryParse(context.Request.Headers[WorkerProtocol.VersionHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
