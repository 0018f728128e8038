using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Callbacks;

/// <summary>Writes a callback delivery with its attempts as JSON.</summary>
public static class DeliveryPresenter
{
    public static byte[] Present(Delivery delivery) => WireJson.Write(writer => Write(writer, delivery));

    /// <summary>The deliveries of one run: a bare array, as documented.</summary>
    public static byte[] PresentAll(IEnumerable<Delivery> deliveries) => WireJson.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var delivery in deliveries)
            Write(writer, delivery);
        writer.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter writer, Delivery delivery)
    {
        writer.WriteStartObject();
        writer.WriteString("id", delivery.Id);
        writer.WriteString("run_id", delivery.RunId);
        writer.WriteString("callback_url", delivery.CallbackUrl);
        // The exact bytes, because the signature covers exactly these.
        writer.WriteBase64String("payload_bytes", delivery.Payload.Span);
        writer.WritePropertyName("payload");
        writer.WriteRawValue(delivery.Payload.Span);
        writer.WriteId("signing_secret_id", delivery.SigningSecretId);
        writer.WriteBoolean("is_automatic", delivery.IsAutomatic);
        writer.WriteString("status_code", delivery.Status);
        writer.WriteString("failure_reason_code", delivery.FailureReasonCode);
        writer.WriteString("failure_detail", delivery.FailureDetail);
        writer.WriteNumber("attempt_count", delivery.AttemptCount);
        writer.WriteNumber("max_attempts", delivery.MaxAttempts);
        writer.WriteTime("next_attempt_at", delivery.NextAttemptAt);
        writer.WriteTime("created_at", delivery.CreatedAt);
        writer.WriteTime("updated_at", delivery.UpdatedAt);
        writer.WriteTime("completed_at", delivery.CompletedAt);
        writer.WriteStartArray("attempts");
        foreach (var attempt in delivery.Attempts)
            WriteAttempt(writer, delivery.Id, attempt);
        writer.WriteEndArray();
        writer.WriteTime("paused_at", delivery.PausedAt);
        writer.WriteEndObject();
    }

    private static void WriteAttempt(Utf8JsonWriter writer, Guid deliveryId, DeliveryAttempt attempt)
    {
        writer.WriteStartObject();
        writer.WriteString("id", attempt.Id);
        writer.WriteString("delivery_id", deliveryId);
        writer.WriteNumber("attempt_number", attempt.AttemptNumber);
        writer.WriteNumber("status_code", (long?)attempt.HttpStatusCode);
        writer.WriteString("response_body", attempt.ResponseBody);
        writer.WriteNumber("response_time_ms", attempt.ResponseTimeMs);
        writer.WriteString("error_message", attempt.ErrorMessage);
        writer.WriteTime("created_at", attempt.CreatedAt);
        writer.WriteEndObject();
    }
}
