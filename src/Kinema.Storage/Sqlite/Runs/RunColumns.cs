namespace Kinema.Storage.Sqlite.Runs;

/// <summary>The SQL expressions of the fields that runs are filtered and sorted by.</summary>
internal static class RunColumns
{
    public static IReadOnlyDictionary<string, string> ByField { get; } = new Dictionary<string, string>
    {
        ["id"] = "id",
        ["status_code"] = "status",
        ["model"] = "model_slug",
        ["engine"] = "engine_id",
        ["client_ref"] = "client_ref",
        ["created_at"] = "created_at",
        ["started_at"] = "started_at",
        ["completed_at"] = "completed_at",
        ["duration_ms"] = "((completed_at - created_at) / 1000)",
        ["cost"] = "cost",
        ["attempts"] = "attempt_count",
        ["model_id"] = "model_id",
        ["source_code"] = "source_code",
        ["callback_url"] = "callback_url",
        ["request_id"] = "request_id",
        ["created_by"] = "created_by",
        ["failure_code"] = "failure_code",
        ["failure_stage_code"] = "failure_stage",
    };
}
