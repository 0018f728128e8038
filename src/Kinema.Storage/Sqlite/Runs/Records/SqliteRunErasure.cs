using Dapper;
using Kinema.Core.Runs;
using Kinema.Storage.Disk;

namespace Kinema.Storage.Sqlite.Runs.Records;

/// <summary>Erases the content of runs: the records in one transaction, then the files. What a crash in between leaves, a sweep deletes.</summary>
internal sealed class SqliteRunErasure(IStoreDatabase database, DiskArtifactStore artifacts, UnnamedContents contents, StoreClock clock) : IRunErasure
{
    public async Task<RunErasureResult> EraseAsync(Guid orgId, Guid runId, CancellationToken ct)
    {
        var (result, digests) = await database.WriteAsync(c => Erase(c, orgId.ToString(), runId.ToString()), ct);
        if (result.Outcome != RunErasureOutcome.Erased)
            return result;

        // From here on nothing may end it: the records that name the files are gone.
        artifacts.DeleteAll(runId);
        foreach (var digest in digests)
            await contents.RemoveGivenUpAsync(orgId, digest, CancellationToken.None);
        return result;
    }

    private (RunErasureResult Result, IReadOnlyList<string> Digests) Erase(IStoreConnection connection, string orgId, string runId)
    {
        if (connection.QuerySingleOrDefault<RunRow>(Sql.FindRun, new { orgId, runId }) is not { } run)
            return Refuse(RunErasureOutcome.NotFound);
        if (run.CompletedAt is null)
            return Refuse(RunErasureOutcome.NotEnded);
        if (connection.Query(Sql.FindDeliveryInFlight, new { runId }).Any())
            return Refuse(RunErasureOutcome.DeliveryDue);

        var assets = FindInlineAssets(connection, run);
        foreach (var (id, _) in assets)
        {
            if (connection.QuerySingleOrDefault<string>(Sql.FindAssetUser, new { orgId, id }) is { } user)
                return (new(RunErasureOutcome.InUse, Guid.Parse(user)), []);
        }

        var inputs = connection.Query<string>(Sql.ListDigestsOfInputs, new { runId }).AsList();
        connection.Execute(Sql.EraseRun, new { runId, assetIds = StorageJson.Texts(assets.Select(asset => asset.Id)), now = clock.Wall });
        return (new(RunErasureOutcome.Erased), [.. inputs.Concat(assets.Select(asset => asset.Digest)).Distinct()]);
    }

    /// <summary>The inputs hold references to them in place of the inline data. Uploaded assets are the caller's own and stay.</summary>
    private static List<(string Id, string Digest)> FindInlineAssets(IStoreConnection connection, RunRow run)
    {
        var ids = MediaRetention.AssetId.Matches(run.EffectiveInputJson).Select(match => match.Value.ToLowerInvariant()).Distinct();
        return connection.Query<(string, string)>(
            Sql.FindInlineAssets, new { ids = StorageJson.Texts(ids), orgId = run.OrgId, runId = run.Id, createdAt = run.CreatedAt }).AsList();
    }

    private static (RunErasureResult Result, IReadOnlyList<string> Digests) Refuse(RunErasureOutcome outcome) => (new(outcome), []);
}
