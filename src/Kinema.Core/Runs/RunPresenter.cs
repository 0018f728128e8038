using System.Globalization;
using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Json;

namespace Kinema.Core.Runs;

/// <summary>Writes run records as JSON: every documented field, null if there is no value, then additional fields.</summary>
public sealed class RunPresenter(RunOutputPresenter outputs)
{
    private readonly RecordWriter<Run> _record = new(
        ("id", (w, n, r) => w.WriteString(n, r.Id)),
        ("org_id", (w, n, r) => w.WriteString(n, r.OrgId)),
        ("target_type", (w, n, _) => w.WriteString(n, "model")),
        ("target_version", (w, n, r) => w.WriteString(n, r.ManifestVersion.ToString(CultureInfo.InvariantCulture))),
        ("model_id", (w, n, r) => w.WriteString(n, r.ModelId)),
        ("flow_id", RecordWriter.Null),
        ("flow_version_id", RecordWriter.Null),
        ("comfyui_workflow_id", RecordWriter.Null),
        ("status_code", (w, n, r) => w.WriteString(n, r.Status.ToCode())),
        ("source_code", (w, n, r) => w.WriteString(n, r.SourceCode)),
        ("input", (w, n, r) => w.WriteRaw(n, r.InputJson)),
        ("output", (w, n, r) => WriteOutput(outputs, w, n, r)),
        ("context", RecordWriter.EmptyObject),
        ("duration_ms", (w, n, r) => w.WriteNumber(n, r.DurationMs)),
        ("cost", (w, n, r) => w.WriteString(n, r.Cost?.ToString())),
        ("cost_breakdown", WriteCostBreakdown),
        ("nodes_total", RecordWriter.Null),
        ("nodes_completed", RecordWriter.Null),
        ("resolved_template_id", RecordWriter.Null),
        ("batch_id", RecordWriter.Null),
        ("client_ref", (w, n, r) => w.WriteString(n, r.ClientRef)),
        ("callback_url", (w, n, r) => w.WriteString(n, r.CallbackUrl)),
        ("metadata", (w, n, r) => w.WriteRaw(n, r.MetadataJson)),
        ("jurisdiction_code", RecordWriter.Null),
        ("request_id", (w, n, r) => w.WriteString(n, r.RequestId)),
        ("created_by", (w, n, r) => w.WriteId(n, r.CreatedBy)),
        ("created_at", (w, n, r) => w.WriteTime(n, r.CreatedAt)),
        ("started_at", (w, n, r) => w.WriteTime(n, r.StartedAt)),
        ("completed_at", (w, n, r) => w.WriteTime(n, r.CompletedAt)),
        ("has_logs", (w, n, _) => w.WriteBoolean(n, true)),
        ("has_node_runs", (w, n, r) => w.WriteBoolean(n, r.StartedAt is not null)),
        ("links", WriteLinks),
        ("failure_code", (w, n, r) => w.WriteString(n, r.Failure?.Code)),
        ("failure_message", (w, n, r) => w.WriteString(n, r.Failure?.Message)),
        ("failure_stage_code", (w, n, r) => w.WriteString(n, r.Failure?.Stage)),
        ("feedback_is_positive", (w, n, r) => w.WriteBoolean(n, r.FeedbackIsPositive)),
        ("feedback_reason", (w, n, r) => w.WriteString(n, r.FeedbackReason)),
        ("source_chat_message_id", RecordWriter.Null),
        ("current_evaluation_summary", RecordWriter.Null),
        ("model", (w, n, r) => w.WriteString(n, r.ModelSlug)),
        ("engine", (w, n, r) => w.WriteString(n, r.EngineId)),
        ("attempts", (w, n, r) => w.WriteNumber(n, r.AttemptCount)),
        ("deadline_at", (w, n, r) => w.WriteTime(n, r.DeadlineAt)),
        ("cancel_requested_at", (w, n, r) => w.WriteTime(n, r.CancelRequestedAt)),
        ("cancel_reason", (w, n, r) => w.WriteString(n, r.CancelReason)),
        ("retry_of", (w, n, r) => w.WriteId(n, r.RetryOf)),
        ("error", WriteError));

    /// <summary>Every name a record may have, in its order.</summary>
    public IReadOnlyList<string> FieldNames => [.. _record.Names, .. RunExtras.FieldNames];

    public byte[] Present(Run run, RunExtras? extras = null) => WireJson.Write(writer => Write(writer, run, null, extras));

    /// <summary>The answer to a create request: the record, and what was ignored of the request if anything was.</summary>
    public byte[] PresentCreated(Run run, IReadOnlyList<FieldError> warnings) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        WriteFields(writer, run, null, null);
        if (warnings.Count > 0)
            writer.WriteProblems("warnings", warnings);
        writer.WriteEndObject();
    });

    /// <param name="writer">Target.</param>
    /// <param name="run">The run.</param>
    /// <param name="only">The fields to write, or null for all.</param>
    /// <param name="extras">What to show beside the stored run.</param>
    public void Write(Utf8JsonWriter writer, Run run, IReadOnlySet<string>? only, RunExtras? extras = null)
    {
        writer.WriteStartObject();
        WriteFields(writer, run, only, extras);
        writer.WriteEndObject();
    }

    private void WriteFields(Utf8JsonWriter writer, Run run, IReadOnlySet<string>? only, RunExtras? extras)
    {
        _record.WriteMembers(writer, run, only);
        (extras ?? RunExtras.None).Write(writer, run, only);
    }

    private static void WriteOutput(RunOutputPresenter outputs, Utf8JsonWriter writer, string name, Run run)
    {
        writer.WritePropertyName(name);
        outputs.WriteValue(writer, run);
    }

    private static void WriteCostBreakdown(Utf8JsonWriter writer, string name, Run run)
    {
        if (run.Cost is not { } cost)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("currency", PriceManifest.Currency);
        writer.WriteString("held", run.Held.ToString());
        writer.WriteString("charged", cost.ToString());
        writer.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter writer, string name, Run run)
    {
        writer.WriteStartObject(name);
        writer.WriteString("self", $"/v1/runs/{run.Id}");
        writer.WriteString("events", $"/v1/runs/{run.Id}/events");
        writer.WriteString("logs", $"/v1/runs/{run.Id}/logs");
        writer.WriteString("node_runs", $"/v1/runs/{run.Id}/node-runs");
        writer.WriteString("preview", $"/v1/runs/{run.Id}/preview");
        writer.WriteString("cancellation", $"/v1/runs/{run.Id}/cancellation");
        writer.WriteString("callback", $"/v1/runs/{run.Id}/callback");
        writer.WriteString("model", $"/v1/models/{run.ModelSlug}");
        writer.WriteEndObject();
    }

    // For clients that read error.message. Omitted without a failure, because some clients treat its presence as a failure.
    private static void WriteError(Utf8JsonWriter writer, string name, Run run)
    {
        if (run.Failure is not { } failure)
            return;

        writer.WriteStartObject(name);
        writer.WriteString("code", failure.Code);
        writer.WriteString("message", failure.Message);
        writer.WriteEndObject();
    }
}
