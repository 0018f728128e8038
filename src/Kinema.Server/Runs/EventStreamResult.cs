using System.Globalization;
using System.Text;
using Kinema.Core.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kinema.Server.Runs;

/// <summary>Writes events as <c>text/event-stream</c> until the run ends, the client disconnects or the server stops.</summary>
internal sealed class EventStreamResult(
    Func<Guid, Guid, long, CancellationToken, IAsyncEnumerable<RunEvent?>> read, Guid orgId, Guid runId, long after, IDisposable slot) : IResult
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

            await foreach (var item in read(orgId, runId, after, end.Token))
            {
                await response.Body.WriteAsync(Encode(item), end.Token);
                await response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client disconnected or the server stops; a client resumes from the stored events.
        }
    }

    private static byte[] Encode(RunEvent? item) => Encoding.UTF8.GetBytes(item is null
        ? ": still here\n\n"
        : string.Create(CultureInfo.InvariantCulture, $"id: {item.Sequence}\nevent: {item.Type}\ndata: {item.DataJson.ReplaceLineEndings(" ")}\n\n"));
}
