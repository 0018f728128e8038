using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinema.Server.Errors;

/// <summary>Gives every failure its envelope: exceptions, refusals by the host and statuses that came without a body.</summary>
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
            // The caller went away; nobody reads an answer and nothing is wrong here.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = ClientClosedRequest;
            return;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, e.StatusCode);
            return;
        }
        catch (Exception e)
        {
            LogUnhandled(e, context.Request.Method, context.TraceIdentifier);
            if (context.Response.HasStarted)
                context.Abort();
            else
                await AnswerAsync(context, StatusCodes.Status500InternalServerError);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null or 0, ContentType: null })
            await ApiErrors.ForStatus(context.Response.StatusCode, context.Request).ExecuteAsync(context);
    }

    private static Task AnswerAsync(HttpContext context, int status)
    {
        context.Response.Clear();
        return ApiErrors.ForStatus(status, context.Request).ExecuteAsync(context);
    }
}
