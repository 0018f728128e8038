using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Core.Lists;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Playground.Settings.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Settings.Usage;

/// <summary>What the organization used: runs, spend and stored bytes.</summary>
internal static class UsageEndpoints
{
    public static void MapUsage(this IEndpointRouteBuilder app) => app.MapGet(SettingsEntry.Usage.Route, context => ShowAsync(new PageRequest(context)));

    private static async Task ShowAsync(PageRequest page)
    {
        if (await page.OpenAsync(SettingsEntry.Usage) is not { } visitor)
            return;

        var days = UsagePage.Ranges.FirstOrDefault(range => range.ToString(System.Globalization.CultureInfo.InvariantCulture) == page.Query("days"), UsagePage.Ranges[1]);
        var today = DateOnly.FromDateTime(page.Service<TimeProvider>().GetUtcNow().UtcDateTime);
        var counts = await ReadAsync(page, visitor, today.AddDays(1 - days), today);
        var parameters = new Dictionary<string, object?>
        {
            ["Days"] = days,
            ["Usage"] = counts is null ? null : UsageReport.Of(counts, today.AddDays(1 - days), today, slug => page.Service<ICatalog>().Find(slug)?.Name ?? slug),
            ["ShowsModels"] = visitor.Scopes.Contains(Scopes.ModelsRead),
            ["Stored"] = await page.Service<IStorageUsage>().ReadAsync(visitor.OrgId, page.Aborted),
            ["Quota"] = page.Service<IServerFacts>().BytesAllowed,
        };
        await page.ShowSettingAsync<UsagePage>(SettingsEntry.Usage, parameters, counts is null ? StatusCodes.Status429TooManyRequests : StatusCodes.Status200OK);
    }

    /// <summary>Null while too many statistics of the organization are read.</summary>
    private static async Task<IReadOnlyList<RunCount>?> ReadAsync(PageRequest page, ApiKey visitor, DateOnly first, DateOnly last)
    {
        using var slot = await page.Service<IUnindexedLists>().EnterAsync(visitor.OrgId, page.Aborted);
        return slot is null ? null : await page.Service<IRunStatistics>().ReadAsync(visitor.OrgId, Start(first), Start(last.AddDays(1)), page.Aborted);

        static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
    }
}
