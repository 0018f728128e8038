using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Pages;
using Kinema.Pages.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Models;

/// <summary>Writes a request as programs, for the form that shows them while it is filled in. It reads nothing that is stored.</summary>
internal static class CodeEndpoint
{
    private const int LongestBody = 64 * 1024;
    private const int MaxDepth = 16;

    public static void MapCode(this IEndpointRouteBuilder app) =>
        app.MapPost("/playground/samples/{**slug}", context => WriteAsync(new PageRequest(context))).WithMetadata(new RequestSizeLimitAttribute(LongestBody));

    private static async Task WriteAsync(PageRequest page)
    {
        if (page.Service<ICatalog>().Find((string?)page.Context.Request.RouteValues["slug"] ?? "") is not { Enabled: true } model)
        {
            await RefuseAsync(page, StatusCodes.Status404NotFound, "There is no such model.");
            return;
        }

        if (await ReadAsync(page) is not { } body)
        {
            await RefuseAsync(page, StatusCodes.Status400BadRequest, "The body must be a JSON object with an object \"input\".");
            return;
        }

        var samples = new CodeSamples(model.Slug, page.Service<IPageAddress>().Base, body);
        if (Write(samples) is { } texts)
            await SendAsync(page, StatusCodes.Status200OK, texts);
        else
            await RefuseAsync(page, StatusCodes.Status400BadRequest, "The texts of the body must be valid Unicode.");
    }

    /// <summary>Null where JSON escapes write half of a surrogate pair, which no text can have.</summary>
    private static JsonObject? Write(CodeSamples samples)
    {
        try
        {
            return new() { ["curl"] = samples.Curl, ["python"] = samples.Python, ["node"] = samples.Node, ["csharp"] = samples.CSharp };
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<JsonObject?> ReadAsync(PageRequest page)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
            return await JsonNode.ParseAsync(page.Context.Request.Body, documentOptions: options, cancellationToken: page.Aborted) is JsonObject body && body["input"] is JsonObject
                ? body
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter for a name with half of a surrogate pair.
            return null;
        }
    }

    private static Task RefuseAsync(PageRequest page, int status, string message) => SendAsync(page, status, new() { ["message"] = message });

    private static Task SendAsync(PageRequest page, int status, JsonObject answer)
    {
        page.Context.Response.Headers.CacheControl = "no-store";
        return Results.Text(answer.ToJsonString(), "application/json", statusCode: status).ExecuteAsync(page.Context);
    }
}
