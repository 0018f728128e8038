using Kinema.Playground;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinema.Server.Errors;

/// <summary>
/// Middleware that writes the error body for exceptions, requests that Kestrel rejects and statuses without a body: JSON, or a page for a person who asked for one.
/// </summary>
internal sealed partial class ErrorEnvelopeMiddleware(RequestDelegate next, ILogger<ErrorEnvelopeMiddleware> logger)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client disconnected; nothing failed on the server.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = ClientClosedRequest;
            return;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await WriteErrorAsync(context, ApiErrors.ForStatus(e.StatusCode, context.Request));
            return;
        }
        catch (RefusedBodyException e) when (!context.Response.HasStarted)
        {
            await WriteErrorAsync(context, e.Error);
            return;
        }
        catch (Exception e) when (StorageFailure.IsFull(e) && !context.Response.HasStarted)
        {
            LogStorageFull(e, context.Request.Method, context.TraceIdentifier);
            await WriteErrorAsync(context, ApiErrors.StorageFull());
            return;
        }
        catch (Exception e)
        {
            LogUnhandled(e, context.Request.Method, context.TraceIdentifier);
            if (context.Response.HasStarted)
                context.Abort();
            else
                await WriteErrorAsync(context, ApiErrors.ForStatus(StatusCodes.Status500InternalServerError, context.Request));
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null or 0, ContentType: null })
            await SendAsync(context, ApiErrors.ForStatus(context.Response.StatusCode, context.Request));
    }

    private static Task WriteErrorAsync(HttpContext context, ApiError error)
    {
        context.Response.Clear();
        return SendAsync(context, error);
    }

    private static Task SendAsync(HttpContext context, ApiError error) => error.Status < StatusCodes.Status500InternalServerError && ErrorPages.Serve(context.Request)
        ? ErrorPages.ShowAsync(context, error.Status, error.Message)
        : error.ExecuteAsync(context);
}
