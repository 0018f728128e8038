using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Runs;

/// <summary>Writes log lines of a run with every documented field.</summary>
public static class LogPresenter
{
    public static byte[] Present(Guid runId, RunEvent line) => WireJson.Write(writer => Write(writer, runId, line));

    /// <param name="runId">The run.</param>
    /// <param name="lines">Lines in their order.</param>
    /// <param name="next">The cursor of the next page, or null.</param>
    public static byte[] PresentPage(Guid runId, IEnumerable<RunEvent> lines, string? next) =>
        WireJson.WriteList(lines, (writer, line) => Write(writer, runId, line), next);

    public static void Write(Utf8JsonWriter writer, Guid runId, RunEvent line)
    {
        using var data = JsonDocument.Parse(line.DataJson);
        writer.WriteStartObject();
        writer.WriteNumber("id", line.Sequence);
        writer.WriteString("run_id", runId);
        writer.WriteString("level_code", data.RootElement.GetProperty("level").GetString());
        writer.WriteString("message", data.RootElement.GetProperty("message").GetString());
        writer.WriteTime("timestamp", line.At);
        writer.WriteStartObject("meta");
        writer.WriteEndObject();
        writer.WriteNull("run");
        writer.WriteEndObject();
    }
}
