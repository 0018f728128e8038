using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Runs.List;

/// <summary>The visitor's runs: the history, narrowed as the list grammar allows.</summary>
internal static class RunListEndpoints
{
    public const string Route = "/runs";

    /// <summary>Ticked rows come back to the list as these; two of them lead to the comparison.</summary>
    private const string Chosen = "compare";

    private const string PosterRole = "poster";

    public static void MapRunList(this IEndpointRouteBuilder app) => app.MapGet(Route, context => ShowAsync(new PageRequest(context)));

    private static async Task ShowAsync(PageRequest page)
    {
        if (await page.RequireAsync(Scopes.RunsRead) is not { } visitor)
            return;

        Guid[] chosen = [.. page.Context.Request.Query[Chosen].Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()];
        if (chosen is [var a, var b])
        {
            await page.GoToAsync($"/runs/compare?a={a}&b={b}");
            return;
        }

        var form = RunListForm.Read(page.Query);
        var result = await page.Service<RunListReading>().ReadAsync(visitor.OrgId, form, page.Query("pq"), page.Aborted);
        var parameters = new Dictionary<string, object?>
        {
            ["Form"] = form,
            ["Problems"] = result.Errors.ToLookup(error => error.Location[^1], error => error.Message),
            ["Filter"] = result.Filter,
            ["IsBusy"] = result.IsBusy,
            ["Rows"] = result.Runs.Select(run => Row(page, run)).ToList(),
            ["Cursors"] = result.Cursors,
            ["Models"] = page.Service<ICatalog>().Models,
            ["Engines"] = await ReadEnginesAsync(page),
            ["ChoiceProblem"] = page.Context.Request.Query.ContainsKey(Chosen) ? $"Tick two runs to compare; {chosen.Length} {(chosen.Length == 1 ? "is" : "are")} ticked." : null,
        };
        var status = result.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity
            : result.IsBusy ? StatusCodes.Status429TooManyRequests
            : StatusCodes.Status200OK;
        await page.ShowAsync<RunListPage>(page.Frame("Runs", Route, "local-times.js", "runs-live.js"), parameters, status);
    }

    private static RunRow Row(PageRequest page, Run run)
    {
        var poster = run.Output?.Artifacts.FirstOrDefault(artifact => artifact.Role == PosterRole);
        return new(
            run,
            page.Service<ICatalog>().Find(run.ModelSlug)?.Name ?? run.ModelSlug,
            RunPrompt.Read(run, page.Service<ICatalog>()),
            poster is null ? null : OwnPath.Of(page.Service<ISignedUrls>().ForArtifact(run.OrgId, poster.Key), page.Service<IPageAddress>()));
    }

    private static async Task<IReadOnlyList<string>> ReadEnginesAsync(PageRequest page) =>
        [.. (await page.Service<IWorkerDirectory>().ReadEnginesAsync(page.Aborted)).Keys.Order(StringComparer.Ordinal)];
}
