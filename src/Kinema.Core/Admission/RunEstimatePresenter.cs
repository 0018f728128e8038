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
        writer.WriteString("currency", PriceManifest.Currency);
        writer.WriteStartObject("cost_breakdown");
        writer.WriteString("unit", model.Price.Unit);
        writer.WriteString("unit_price", model.Price.Amount.ToString());
        writer.WriteNumber("quantity", estimate.Input.DurationSeconds);
        writer.WriteEndObject();
        writer.WritePropertyName("input");
        estimate.Input.WithShownMedia().ToJson().WriteTo(writer);
        writer.WriteTexts("notes", estimate.Notes);
        writer.WriteProblems("warnings", estimate.Warnings);
        writer.WriteNumber("queue_position", estimate.Forecast.QueuePosition);
        writer.WriteNumber("expected_wait_ms", Milliseconds(estimate.Forecast.Wait));
        writer.WriteNumber("expected_duration_ms", Milliseconds(estimate.Forecast.Duration));
        writer.WriteNumber("measured_runs", estimate.Forecast.Measured);
        if (estimate.Expansion is { } expansion)
        {
            writer.WriteStartObject("prompt_expansion");
            writer.WriteString("by", expansion.By);
            writer.WriteString("provider_cost_at_most", expansion.ProviderCostAtMost.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    private static long? Milliseconds(TimeSpan? time) => time is { } value ? (long)value.TotalMilliseconds : null;
}
