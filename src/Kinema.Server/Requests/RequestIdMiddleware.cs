using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Requests;

/// <summary>Assigns an id to every request. The response, the log and the created run contain it.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, TimeProvider timeProvider)
{
    public const string Header = "Runflow-Request-Id";

    public Task InvokeAsync(HttpContext context)
    {
        var id = Guid.CreateVersion7(timeProvider.GetUtcNow()).ToString();
        context.TraceIdentifier = id;

        // Set when the response starts, so that clearing the response for an error keeps it.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = id;
            return Task.CompletedTask;
        });
        return next(context);
    }
}
