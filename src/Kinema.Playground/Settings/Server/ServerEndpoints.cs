using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Settings.Server;

/// <summary>What the visitor may know of the server: its limits, its engines and its workers.</summary>
internal static class ServerEndpoints
{
    public static void MapServerPages(this IEndpointRouteBuilder app)
    {
        app.MapGet(SettingsEntry.Limits.Route, context => ShowLimitsAsync(new PageRequest(context)));
        app.MapGet(SettingsEntry.Engines.Route, context => ShowEnginesAsync(new PageRequest(context)));
    }

    private static async Task ShowLimitsAsync(PageRequest page)
    {
        if (await page.OpenAsync(SettingsEntry.Limits) is not null)
            await page.ShowSettingAsync<LimitsPage>(SettingsEntry.Limits, new() { ["Groups"] = page.Service<IServerFacts>().Limits });
    }

    private static async Task ShowEnginesAsync(PageRequest page)
    {
        if (await page.OpenAsync(SettingsEntry.Engines) is null)
            return;

        var bindings = page.Service<ModelBindings>();
        await page.ShowSettingAsync<EnginesPage>(SettingsEntry.Engines, new()
        {
            ["Bindings"] = (IReadOnlyList<BoundModel>)[.. page.Service<ICatalog>().EnabledModels.Select(model => new BoundModel(model, bindings.Of(model)))],
            ["Waits"] = page.Service<EngineOptions>().NoWorkerPolicy == EngineOptions.Wait,
            ["Engines"] = await page.Service<IWorkerDirectory>().ReadEnginesAsync(page.Aborted),
            ["Workers"] = await page.Service<IWorkerList>().ListAsync(page.Aborted),
            ["Queue"] = await page.Service<IRunLedger>().ReadQueueDepthAsync(page.Aborted),
            ["Checks"] = await page.Service<IServerFacts>().CheckAsync(page.Aborted),
        });
    }
}
