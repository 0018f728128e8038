using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kinema.Server.Runs;

/// <summary>Writes messages as <c>text/event-stream</c> until they end, the client disconnects or the server stops.</summary>
/// <param name="read">Reads the messages; see <see cref="EventText"/>.</param>
/// <param name="slot">The organisation's place for the stream.</param>
internal sealed class EventStreamResult(Func<CancellationToken, IAsyncEnumerable<byte[]>> read, IDisposable slot) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = slot;
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // Otherwise a stopping server would wait for its clients.
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        try
        {
            await response.StartAsync(end.Token);
            if (HttpMethods.IsHead(httpContext.Request.Method))
                return;

            await foreach (var message in read(end.Token))
            {
                await response.Body.WriteAsync(message, end.Token);
                await response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client disconnected or the server stops; a client resumes from the stored events.
        }
    }
}
