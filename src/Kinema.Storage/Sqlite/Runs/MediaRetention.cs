using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Deletes media past their retention. The run record stays, with digests and cost; only the files are removed.</summary>
internal sealed partial class MediaRetention(IStoreDatabase database, TimeProvider timeProvider)
{
    public async Task<int> ForgetAsync(DateTimeOffset inputsBefore, DateTimeOffset outputsBefore, CancellationToken ct)
    {
        var forgotten = 0;
        int batch;
        do
        {
            batch = await database.WriteAsync(c => ForgetOutputs(c, outputsBefore.ToMicros()), ct);
            forgotten += batch;
        }
        while (batch > 0);

        return forgotten + await database.WriteAsync(c => ForgetInputs(c, inputsBefore.ToMicros()), ct);
    }

    private int ForgetOutputs(IStoreConnection connection, long before)
    {
        var now = timeProvider.NowMicros();
        var expired = connection.Query<(string RunId, string OutputJson)>(Sql.FindExpiredOutputs, new { before }).AsList();
        foreach (var (runId, outputJson) in expired)
        {
            var output = JsonSerializer.Deserialize(outputJson, StorageJson.Default.RunOutput)! with { Artifacts = [] };
            connection.Execute(Sql.ForgetOutput, new { runId, outputJson = JsonSerializer.Serialize(output, StorageJson.Default.RunOutput), now });
            connection.Execute(Sql.ForgetArtifacts, new { runId, now });
        }

        return expired.Count;
    }

    private int ForgetInputs(IStoreConnection connection, long before)
    {
        var now = timeProvider.NowMicros();

        // An unfinished run names its assets as runflow://assets/{id} or by a signed URL, which holds the id too.
        var named = connection.Query<string>(Sql.ReadUnfinishedInputs)
            .SelectMany(input => AssetId.Matches(input).Select(m => m.Value.ToLowerInvariant()))
            .Distinct();
        var namedIds = StorageJson.Texts(named);
        return connection.Execute(Sql.ForgetInputs, new { before, now })
            + connection.Execute(Sql.ForgetAssets, new { before, namedIds, now });
    }

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    public static partial Regex AssetId { get; }
}
