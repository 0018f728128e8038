using Kinema.Core.Storage;
using Kinema.Core.Upstream;
using Kinema.Hosted;
using Kinema.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Cli.Doctor;

/// <summary>Whether the machines behind engines would serve, and what is spent there.</summary>
internal static class EngineChecks
{
    public static async Task<IReadOnlyList<Finding>> ExamineAsync(IServiceProvider services, CancellationToken ct)
    {
        var findings = new List<Finding>();
        foreach (var probe in services.GetServices<IEngineProbe>())
        {
            findings.Add(await probe.FindProblemAsync(ct) is { } problem
                ? Finding.Failed(probe.Name, $"{probe.Description}: {problem}", "Until it serves, its runs fail or wait. See docs/engines/hosted.md.")
                : Finding.Ok(probe.Name, $"{probe.Description} would serve"));
        }

        if (findings.Count == 0)
            return [Finding.Ok("engines", "none of the settings' engines is elsewhere")];
        return services.GetRequiredService<IOptions<HostedOptions>>().Value is { DashScope.IsConfigured: true } hosted ? [.. findings, await SpendAsync(services, hosted, ct)] : findings;
    }

    private static async Task<Finding> SpendAsync(IServiceProvider services, HostedOptions hosted, CancellationToken ct)
    {
        var limit = hosted.MaxSpendPerDay == 0 ? "no limit (Hosted:MaxSpendPerDay)" : FormattableString.Invariant($"of ${hosted.MaxSpendPerDay:0.00}");
        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (storage.Postgres is null && !File.Exists(Path.Combine(storage.Path, "kinema.db")))
            return Finding.Ok("spend", $"$0.00 today, {limit}");

        try
        {
            await services.GetRequiredService<IStore>().OpenAsync(StoreRole.Tool, ct);
            var spend = await services.GetRequiredService<IUpstreamTasks>().ReadSpendAsync("", ct);
            return Finding.Ok("spend", $"${spend.InAll} today, {limit}");
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return Finding.Warning("spend", $"unknown: {e.Message}", "The records could not be read.");
        }
    }
}
