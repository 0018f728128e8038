using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Idempotency;

/// <summary>The answer to an earlier request, marked as such.</summary>
internal sealed record ReplayedResult(ReadOnlyMemory<byte> Body, int Status, string? Location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.Headers[IdempotencyHeader.Replayed] = "true";
        return new JsonBodyResult(Body, Status) { Location = Location }.ExecuteAsync(httpContext);
    }
}
