using Kinema.Core.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinema.Playground.Runs;

/// <summary>A request for a page of a run, by a visitor who may make it.</summary>
/// <param name="Page">The request.</param>
/// <param name="Visitor">The visitor's key.</param>
/// <param name="RunId">The run in the path; the empty id for text that is no id.</param>
internal sealed record RunRequest(PageRequest Page, ApiKey Visitor, Guid RunId)
{
    public Guid OrgId => Visitor.OrgId;

    /// <summary>Lets a visitor in who has the scope; the others learn what they lack.</summary>
    public static async Task HandleAsync(HttpContext context, string scope, Func<RunRequest, Task> handle)
    {
        var page = new PageRequest(context);
        _ = Guid.TryParseExact((string?)context.Request.RouteValues["id"], "D", out var id);
        if (await page.RequireAsync(scope, $"/runs/{id}") is { } visitor)
            await handle(new(page, visitor, id));
    }

    public Task GoBackAsync(string fragment = "") => Page.GoToAsync($"/runs/{RunId}{fragment}");

    public Task RefuseUnknownAsync() =>
        Page.RefuseAsync(StatusCodes.Status404NotFound, "There is no such run", "It never was in this organization, or it was deleted.", ("/runs", "All runs"));
}
