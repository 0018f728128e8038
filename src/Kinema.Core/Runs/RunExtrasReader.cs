namespace Kinema.Core.Runs;

/// <summary>Reads what records show beside the stored runs.</summary>
public sealed class RunExtrasReader(IRunHistory history, IRunForecasts forecasts)
{
    /// <summary>For the record of one run, with its forecast while it goes on.</summary>
    public async Task<RunExtras> ReadAsync(Run run, RunEmbeds embeds, CancellationToken ct)
    {
        var embedded = embeds.IsNone ? RunExtras.None : await ReadEmbeddedAsync(run, embeds, ct);
        return run.Status.IsTerminal() ? embedded : embedded with { Forecast = await forecasts.ReadAsync(run, ct) };
    }

    /// <summary>For a page of runs, without forecasts.</summary>
    public async Task<IReadOnlyDictionary<Guid, RunExtras>> ReadAsync(IEnumerable<Run> runs, RunEmbeds embeds, CancellationToken ct)
    {
        var extras = new Dictionary<Guid, RunExtras>();
        if (embeds.IsNone)
            return extras;

        foreach (var run in runs)
            extras[run.Id] = await ReadEmbeddedAsync(run, embeds, ct);
        return extras;
    }

    private async Task<RunExtras> ReadEmbeddedAsync(Run run, RunEmbeds embeds, CancellationToken ct) => new()
    {
        Logs = embeds.Logs ? await history.ReadLogsAsync(run.OrgId, run.Id, 0, RunEmbeds.MaxLogs, ct) ?? [] : null,
        NodeRuns = embeds.NodeRuns ? NodeRuns.Of(run, await history.ReadAttemptsAsync(run.OrgId, run.Id, ct) ?? []) : null,
    };
}
