using System.Text.Json;
using Kinema.Core.Json;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Lists the log messages of a run, oldest first.</summary>
internal static class ListRunLogs
{
    private const int PageSize = 500;

    public static async Task<IResult> HandleAsync(RouteId id, Caller caller, IRunLedger runs, CancellationToken ct)
    {
        var lines = new List<RunEvent>();
        for (var after = 0L; ;)
        {
            if (await runs.ReadEventsAsync(caller.OrgId, id, after, PageSize, ct) is not { } events)
                return ApiErrors.RunNotFound(id);

            lines.AddRange(events.Where(e => e.Type == RunEvents.LogType));
            if (events.Count < PageSize)
                return new JsonBodyResult(WireJson.WriteList(lines, (writer, line) => Write(writer, id, line)));

            after = events[^1].Sequence;
        }
    }

    private static void Write(Utf8JsonWriter writer, Guid runId, RunEvent line)
    {
        using var data = JsonDocument.Parse(line.DataJson);
        writer.WriteStartObject();
        writer.WriteNumber("id", line.Sequence);
        writer.WriteString("run_id", runId);
        writer.WriteString("level_code", data.RootElement.GetProperty("level").GetString());
        writer.WriteString("message", data.RootElement.GetProperty("message").GetString());
        writer.WriteTime("timestamp", line.At);
        writer.WriteEndObject();
    }
}
