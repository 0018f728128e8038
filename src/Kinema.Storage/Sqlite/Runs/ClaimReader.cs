using Dapper;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Reads what a worker needs to work on a run that it holds.</summary>
internal static class ClaimReader
{
    public static ClaimedRun Read(IStoreConnection connection, RunRow run, Guid workerId)
    {
        var claimed = run.ToRun();
        var inputs = connection.Query<InputRow>(Sql.ListInputs, new { runId = run.Id }).Select(i => i.ToInput()).ToList();
        var checkpoint = connection.QuerySingleOrDefault<string>(Sql.FindLastCheckpoint, new { runId = run.Id });
        return new(new(claimed.Id, run.Fence, workerId), claimed.AttemptCount, claimed, inputs, checkpoint);
    }
}
