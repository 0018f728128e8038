using System.Text.Json.Nodes;
using Kinema.Core.Admission;
using Kinema.Core.Json;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Requests;

/// <summary>Response with a JSON body.</summary>
internal sealed record JsonBodyResult(ReadOnlyMemory<byte> Body, int Status = StatusCodes.Status200OK) : IResult
{
    public JsonBodyResult(JsonNode body, int status = StatusCodes.Status200OK)
        : this(WireJson.Write(writer => body.WriteTo(writer)), status)
    {
    }

    public string? Location { get; init; }

    /// <summary>The run that the request created, if it did.</summary>
    public CreateRunResult.Created? Created { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";

        // The text is not escaped for HTML, so no browser may take it for a page.
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentLength = Body.Length;
        if (Location is not null)
            response.Headers.Location = Location;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
