using Microsoft.AspNetCore.Http;

namespace Kinema.Playground;

/// <summary>Says to people what the errors of the API say to programs.</summary>
public static class ErrorPages
{
    /// <summary>Whether a browser shows the answer to a person: it asked for a page, and not the API.</summary>
    public static bool Serve(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method))
        && !request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <param name="context">The request.</param>
    /// <param name="status">Status of the answer, below 500: where the server itself fails, its pages may fail with it.</param>
    /// <param name="message">What is wrong.</param>
    public static Task ShowAsync(HttpContext context, int status, string message)
    {
        var title = status == StatusCodes.Status404NotFound ? "There is no such page" : "This request was refused";
        return new PageRequest(context).RefuseAsync(status, title, message, ("/models", "Models"));
    }
}
