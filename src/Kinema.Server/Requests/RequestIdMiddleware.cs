using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Requests;

/// <summary>Names every request; the name is in the answer, in the log and in the run it creates.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, TimeProvider timeProvider)
{
    public const string Header = "Runflow-Request-Id";

    public Task InvokeAsync(HttpContext context)
    {
        var id = Guid.CreateVersion7(timeProvider.GetUtcNow()).ToString();
        context.TraceIdentifier = id;

        // At the start of the answer, so that clearing it for an error does not lose the name.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = id;
            return Task.CompletedTask;
        });
        return next(context);
    }
}
