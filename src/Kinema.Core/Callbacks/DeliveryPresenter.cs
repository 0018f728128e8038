using System.Text.Json;
using Kinema.Core.Json;
using Kinema.Core.Lists;

namespace Kinema.Core.Callbacks;

/// <summary>Writes callback deliveries with their attempts as JSON.</summary>
public static class DeliveryPresenter
{
    private static readonly FilterField _isAutomatic = new("is_automatic", FilterValueKind.Flag, IsSortable: true);
    private static readonly FilterField _createdAt = new("created_at", FilterValueKind.Time, IsSortable: true);

    private static readonly RecordWriter<Delivery> _record = new(
        ("id", (w, n, d) => w.WriteString(n, d.Id)),
        ("run_id", (w, n, d) => w.WriteString(n, d.RunId)),
        ("callback_url", (w, n, d) => w.WriteString(n, d.CallbackUrl)),
        // The exact bytes, because the signature covers exactly these.
        ("payload_bytes", (w, n, d) => w.WriteBase64String(n, d.Payload.Span)),
        ("payload", WritePayload),
        ("signing_secret_id", (w, n, d) => w.WriteId(n, d.SigningSecretId)),
        ("is_automatic", (w, n, d) => w.WriteBoolean(n, d.IsAutomatic)),
        ("status_code", (w, n, d) => w.WriteString(n, d.Status)),
        ("failure_reason_code", (w, n, d) => w.WriteString(n, d.FailureReasonCode)),
        ("failure_detail", (w, n, d) => w.WriteString(n, d.FailureDetail)),
        ("attempt_count", (w, n, d) => w.WriteNumber(n, d.AttemptCount)),
        ("max_attempts", (w, n, d) => w.WriteNumber(n, d.MaxAttempts)),
        ("next_attempt_at", (w, n, d) => w.WriteTime(n, d.NextAttemptAt)),
        ("created_at", (w, n, d) => w.WriteTime(n, d.CreatedAt)),
        ("updated_at", (w, n, d) => w.WriteTime(n, d.UpdatedAt)),
        ("completed_at", (w, n, d) => w.WriteTime(n, d.CompletedAt)),
        ("attempts", WriteAttempts),
        ("paused_at", (w, n, d) => w.WriteTime(n, d.PausedAt)));

    /// <summary>The list of a run's deliveries, newest first. The automatic one is the first there is, also if a redelivery has the same time.</summary>
    public static JsonList<Delivery> List { get; } = new(
        new ListSchema
        {
            Item = "a delivery",
            Fields =
            [
                new("id", FilterValueKind.Id),
                _isAutomatic,
                new("status_code", FilterValueKind.Choice, ["pending", "delivered", "failed"], IsSortable: true),
                new("failure_reason_code", FilterValueKind.Text, IsSortable: true),
                new("signing_secret_id", FilterValueKind.Id),
                new("attempt_count", FilterValueKind.Integer, IsSortable: true),
                new("next_attempt_at", FilterValueKind.Time, IsSortable: true),
                _createdAt,
                new("updated_at", FilterValueKind.Time, IsSortable: true),
                new("completed_at", FilterValueKind.Time, IsSortable: true),
            ],
            Order = [new(_createdAt, Descending: true), new(_isAutomatic, Descending: false)],
            Members = _record.Names,
        },
        _record);

    public static byte[] Present(Delivery delivery) => WireJson.Write(writer => _record.Write(writer, delivery));

    private static void WritePayload(Utf8JsonWriter writer, string name, Delivery delivery)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(delivery.Payload.Span);
    }

    private static void WriteAttempts(Utf8JsonWriter writer, string name, Delivery delivery)
    {
        writer.WriteStartArray(name);
        foreach (var attempt in delivery.Attempts)
        {
            writer.WriteStartObject();
            writer.WriteString("id", attempt.Id);
            writer.WriteString("delivery_id", delivery.Id);
            writer.WriteNumber("attempt_number", attempt.AttemptNumber);
            writer.WriteNumber("status_code", (long?)attempt.HttpStatusCode);
            writer.WriteString("response_body", attempt.ResponseBody);
            writer.WriteNumber("response_time_ms", attempt.ResponseTimeMs);
            writer.WriteString("error_message", attempt.ErrorMessage);
            writer.WriteTime("created_at", attempt.CreatedAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
