using System.Text.Json;
using Kinema.Core.Json;
using Kinema.Core.Runs;

namespace Kinema.Core.Callbacks;

/// <summary>Creates callback bodies with exactly the eight documented fields.</summary>
public sealed class RunCallbackComposer(RunOutputPresenter outputs) : ICallbackComposer
{
    public byte[] Compose(Run run) => WireJson.Write(writer =>
    {
        var (eventName, status) = EventAndStatus(run.Status);
        writer.WriteStartObject();
        writer.WriteString("event", eventName);
        writer.WriteString("run_id", run.Id);
        writer.WriteString("status", status);
        WriteOutput(writer, run);
        writer.WriteNumber("duration_ms", run.DurationMs);
        writer.WriteString("created_at", WireJson.CallbackTime(run.CreatedAt));
        writer.WriteString("completed_at", run.CompletedAt is { } completed ? WireJson.CallbackTime(completed) : null);
        writer.WriteRaw("metadata", run.MetadataJson);
        writer.WriteEndObject();
    });

    private void WriteOutput(Utf8JsonWriter writer, Run run)
    {
        writer.WritePropertyName("output");
        if (run.Status == RunStatus.Succeeded)
            outputs.WriteValue(writer, run);
        else
            writer.WriteNullValue();
    }

    // The record spells "canceled", the callback "cancelled"; both spellings are the contract's own.
    private static (string Event, string Status) EventAndStatus(RunStatus status) => status switch
    {
        RunStatus.Succeeded => ("run.completed", "succeeded"),
        RunStatus.Failed => ("run.failed", "failed"),
        RunStatus.Canceled => ("run.cancelled", "cancelled"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Only a finished run has a callback."),
    };
}
