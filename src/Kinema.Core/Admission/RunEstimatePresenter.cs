using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Json;

namespace Kinema.Core.Admission;

/// <summary>Writes an estimate as JSON.</summary>
public static class RunEstimatePresenter
{
    public static byte[] Present(RunEstimate estimate) => WireJson.Write(writer =>
    {
        var model = estimate.Input.Model;
        writer.WriteStartObject();
        writer.WriteString("model_id", model.Id);
        writer.WriteString("model", model.Slug);
        writer.WriteString("engine", estimate.EngineId);
        writer.WriteString("engine_version", estimate.EngineVersion);
        writer.WriteString("cost", estimate.Input.Price.ToString());
        writer.WriteString("currency", "USD");
        writer.WriteStartObject("cost_breakdown");
        writer.WriteString("unit", model.Price.Unit);
        writer.WriteString("unit_price", model.Price.Amount.ToString());
        writer.WriteNumber("quantity", estimate.Input.DurationSeconds);
        writer.WriteEndObject();
        WriteInput(writer, estimate.Input);
        writer.WriteStartArray("notes");
        foreach (var note in estimate.Notes)
            writer.WriteStringValue(note);
        writer.WriteEndArray();
        writer.WriteProblems("warnings", estimate.Warnings);
        writer.WriteNumber("queue_position", estimate.Forecast.QueuePosition);
        writer.WriteNumber("expected_wait_ms", Milliseconds(estimate.Forecast.Wait));
        writer.WriteNumber("expected_duration_ms", Milliseconds(estimate.Forecast.Duration));
        writer.WriteNumber("measured_runs", estimate.Forecast.Measured);
        writer.WriteEndObject();
    });

    private static void WriteInput(Utf8JsonWriter writer, ValidatedInput input)
    {
        writer.WriteStartObject("input");
        foreach (var (name, value) in input.Values)
        {
            switch (value)
            {
                case long number:
                    writer.WriteNumber(name, number);
                    break;
                case bool flag:
                    writer.WriteBoolean(name, flag);
                    break;
                default:
                    writer.WriteString(name, value.ToString());
                    break;
            }
        }

        writer.WriteEndObject();
    }

    private static long? Milliseconds(TimeSpan? time) => time is { } value ? (long)value.TotalMilliseconds : null;
}
