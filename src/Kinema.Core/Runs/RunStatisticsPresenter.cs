using System.Globalization;
using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Json;
using Kinema.Core.Pricing;

namespace Kinema.Core.Runs;

/// <summary>Writes statistics of runs by day, model and source. The contract calls a model a flow here.</summary>
public sealed class RunStatisticsPresenter(ICatalog catalog)
{
    /// <param name="counts">The counts.</param>
    /// <param name="first">The first day to show.</param>
    /// <param name="last">The last day to show.</param>
    /// <param name="showsModels">Whether the caller may read models.</param>
    public byte[] Present(IReadOnlyList<RunCount> counts, DateOnly first, DateOnly last, bool showsModels) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        WriteDays(writer, counts.ToLookup(count => count.Day), first, last);
        WriteModels(writer, showsModels ? counts.GroupBy(count => count.ModelSlug) : []);
        WriteSources(writer, counts);
        writer.WriteEndObject();
    });

    private static void WriteDays(Utf8JsonWriter writer, ILookup<DateOnly, RunCount> counts, DateOnly first, DateOnly last)
    {
        writer.WriteStartArray("timeline");
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            writer.WriteStartObject();
            writer.WriteString("date", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            WriteTotals(writer, counts[day]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteModels(Utf8JsonWriter writer, IEnumerable<IGrouping<string, RunCount>> models)
    {
        writer.WriteStartArray("by_flow");
        foreach (var model in models.OrderByDescending(model => model.Sum(count => count.Runs)).ThenBy(model => model.Key, StringComparer.Ordinal))
        {
            var ended = model.Sum(count => count.Ended);
            writer.WriteStartObject();
            writer.WriteString("flow_slug", model.Key);
            writer.WriteString("flow_name", catalog.Find(model.Key)?.Name ?? model.Key);
            WriteTotals(writer, model);
            writer.WriteNumber("avg_duration_ms", ended == 0 ? null : (long?)(model.Sum(count => count.Duration.TotalMilliseconds) / ended));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSources(Utf8JsonWriter writer, IReadOnlyList<RunCount> counts)
    {
        var total = counts.Sum(count => count.Runs);
        writer.WriteStartArray("by_source");
        foreach (var source in counts.GroupBy(count => count.SourceCode).OrderByDescending(source => source.Sum(count => count.Runs)).ThenBy(source => source.Key, StringComparer.Ordinal))
        {
            var runs = source.Sum(count => count.Runs);
            writer.WriteStartObject();
            writer.WriteString("source_code", source.Key);
            writer.WriteNumber("runs", runs);
            writer.WriteNumber("pct", Math.Round(100.0 * runs / total, 2));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTotals(Utf8JsonWriter writer, IEnumerable<RunCount> counts)
    {
        writer.WriteNumber("runs", counts.Sum(count => count.Runs));
        writer.WriteString("spend", new Money(counts.Sum(count => count.Spend.Micros)).ToString());
    }
}
