using System.Text.Json.Nodes;
using Kinema.Core.Json;

namespace Kinema.Core.Runs;

/// <summary>Creates the events of a run.</summary>
public static class RunEvents
{
    public const string StatusType = "status";
    public const string ProgressType = "progress";
    public const string LogType = "log";
    public const string PreviewType = "preview";

    /// <summary><c>{"status_code":"running"}</c>; a failure adds its code, message and stage.</summary>
    public static NewRunEvent Status(RunStatus status, RunFailure? failure = null)
    {
        var data = new JsonObject { ["status_code"] = status.ToCode() };
        if (failure is not null)
        {
            data["failure_code"] = failure.Code;
            data["failure_message"] = failure.Message;
            data["failure_stage_code"] = failure.Stage;
        }

        return new(StatusType, Text(data));
    }

    /// <summary><c>{"stage":"inference","done":12,"total":150,"progress":0.08}</c></summary>
    public static NewRunEvent Progress(string stage, int done, int total) => new(ProgressType, Text(new JsonObject
    {
        ["stage"] = stage,
        ["done"] = done,
        ["total"] = total,
        ["progress"] = total == 0 ? 0 : Math.Round((double)done / total, 4),
    }));

    /// <summary><c>{"level":"info","message":"..."}</c></summary>
    public static NewRunEvent Log(string level, string message) =>
        new(LogType, Text(new JsonObject { ["level"] = level, ["message"] = message }));

    /// <summary><c>{"url":"/v1/runs/{id}/preview","content_type":"image/jpeg","size_bytes":1234}</c></summary>
    public static NewRunEvent Preview(Guid runId, RunPreview preview) => new(PreviewType, Text(new JsonObject
    {
        ["url"] = $"/v1/runs/{runId}/preview",
        ["content_type"] = preview.ContentType,
        ["size_bytes"] = preview.Content.Length,
    }));

    private static string Text(JsonObject data) => WireJson.Text(data);
}
