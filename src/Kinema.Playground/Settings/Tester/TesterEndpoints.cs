using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Lists;
using Kinema.Core.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Settings.Tester;

/// <summary>Shows callbacks as receivers get them: one made for a run on the spot, and those of runs whose <c>callback_url</c> is the tester's.</summary>
internal static class TesterEndpoints
{
    private const int Offered = 20;
    private const int Shown = 10;

    private static readonly FilterField _callbackUrl = RunFields.All.Single(field => field.Name == "callback_url");

    public static void MapCallbackTester(this IEndpointRouteBuilder app)
    {
        app.MapGet(SettingsEntry.Tester.Route, context => ShowAsync(new PageRequest(context)));
        PageRequest.TakesForms(app.MapPost(SettingsEntry.Tester.Route, context => TestAsync(new PageRequest(context))));
    }

    private static async Task ShowAsync(PageRequest page)
    {
        if (await page.OpenAsync(SettingsEntry.Tester) is { } visitor)
            await ShowAsync(page, visitor, await ReadEndedAsync(page, visitor));
    }

    private static async Task TestAsync(PageRequest page)
    {
        if (await page.OpenFormAsync(SettingsEntry.Tester, Scopes.RunsExecute) is not var (visitor, form))
            return;

        var ended = await ReadEndedAsync(page, visitor);
        var run = Guid.TryParse(form["run"].ToString(), out var id) ? await page.Service<IRunLedger>().FindAsync(visitor.OrgId, id, page.Aborted) : ended is [var newest, ..] ? newest : null;
        if (run is null || !run.Status.IsTerminal())
            await ShowAsync(page, visitor, ended, problem: run is null ? "There is no such run." : "This run has not ended; its callback is made when it does.");
        else
            await ShowAsync(page, visitor, ended, run, await page.Service<TestCallbacks>().OfRunAsync(run, page.Aborted));
    }

    private static async Task ShowAsync(
        PageRequest page, ApiKey visitor, IReadOnlyList<Run> ended, Run? tested = null, TestCallbackResult? result = null, string? problem = null)
    {
        var parameters = new Dictionary<string, object?>
        {
            ["Ended"] = ended,
            ["Tested"] = tested,
            ["Result"] = result,
            ["Problem"] = problem,
            ["Address"] = page.Service<IOwnReceiver>().UrlOf(visitor.OrgId),
            ["Arrived"] = await ReadArrivedAsync(page, visitor),
        };
        await page.ShowSettingAsync<TesterPage>(SettingsEntry.Tester, parameters, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IReadOnlyList<Run>> ReadEndedAsync(PageRequest page, ApiKey visitor)
    {
        var newest = await page.Service<IRunLedger>().ListAsync(visitor.OrgId, new() { Limit = 5 * Offered }, page.Aborted);
        return [.. newest.Items.Where(run => run.Status.IsTerminal()).Take(Offered)];
    }

    /// <summary>What arrived by itself; null while too many lists of the organization that no index serves are read.</summary>
    private static async Task<IReadOnlyList<ArrivedCallback>?> ReadArrivedAsync(PageRequest page, ApiKey visitor)
    {
        using var slot = await page.Service<IUnindexedLists>().EnterAsync(visitor.OrgId, page.Aborted);
        if (slot is null)
            return null;

        var url = page.Service<IOwnReceiver>().UrlOf(visitor.OrgId);
        var runs = await page.Service<IRunLedger>().ListAsync(
            visitor.OrgId, new() { Limit = Shown, Filter = new Filter.Comparison(_callbackUrl, FilterOperator.Equal, url) }, page.Aborted);
        var arrived = new List<ArrivedCallback>();
        foreach (var run in runs.Items)
        {
            foreach (var delivery in await page.Service<ICallbackOutbox>().ListAsync(visitor.OrgId, run.Id, page.Aborted) ?? [])
                arrived.AddRange(ArrivedCallback.Of(delivery));
        }

        return [.. arrived.OrderByDescending(callback => callback.At).Take(Shown)];
    }
}
