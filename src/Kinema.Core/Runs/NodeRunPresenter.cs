using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Runs;

/// <summary>Writes the phases of a run with every documented field of a node run.</summary>
public static class NodeRunPresenter
{
    public static byte[] Present(Run run, NodeRun phase) => WireJson.Write(writer => Write(writer, run, phase));

    public static byte[] PresentAll(Run run, IReadOnlyList<NodeRun> phases) => WireJson.WriteList(phases, (writer, phase) => Write(writer, run, phase));

    public static void Write(Utf8JsonWriter writer, Run run, NodeRun phase)
    {
        writer.WriteStartObject();
        writer.WriteString("id", phase.Id);
        writer.WriteString("run_id", run.Id);
        writer.WriteString("node_id", phase.Phase);
        writer.WriteNull("flow_id");
        writer.WriteString("state_code", phase.State);
        writer.WriteNull("input");
        writer.WriteNull("output");
        writer.WriteNull("input_signature");
        writer.WriteNull("preview_type");
        writer.WriteNull("preview_value");
        writer.WriteNumber("duration_ms", phase.DurationMs);
        writer.WriteString("cost", phase.Cost?.ToString());
        writer.WriteNumber("retry_count", phase.RetryCount);
        writer.WriteString("error_message", phase.ErrorMessage);
        writer.WriteTime("created_at", phase.StartedAt);
        writer.WriteTime("started_at", phase.StartedAt);
        writer.WriteTime("completed_at", phase.CompletedAt);
        writer.WriteEndObject();
    }
}
