using Kinema.Core.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Runs.Compare;

/// <summary>The page that compares two runs: <c>/runs/compare?a={id}&amp;b={id}</c>.</summary>
internal static class CompareEndpoints
{
    public static void MapComparison(this IEndpointRouteBuilder app) =>
        app.MapGet("/runs/compare", context => RunRequest.HandleAsync(context, Scopes.RunsRead, ShowAsync));

    private static async Task ShowAsync(RunRequest request)
    {
        var (a, b) = (Read(request.Page, "a"), Read(request.Page, "b"));
        if (a is null || await Comparison.ReadAsync(request.Page, request.Visitor, a.Value, b) is not { } comparison)
        {
            await request.RefuseUnknownAsync();
            return;
        }

        await request.Page.ShowAsync<ComparePage>(
            request.Page.Frame("Compare two runs", "/runs", "compare.js"), new Dictionary<string, object?> { ["Comparison"] = comparison });
    }

    private static Guid? Read(PageRequest page, string name) => Guid.TryParseExact(page.Query(name), "D", out var id) ? id : null;
}
