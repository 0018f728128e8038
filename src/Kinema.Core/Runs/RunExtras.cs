using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Runs;

/// <summary>What a record shows beside the stored run.</summary>
public sealed record RunExtras
{
    private static readonly RecordWriter<RunExtras> _record = new(
        ("queue_position", (w, n, e) => w.WriteNumber(n, e.Forecast?.QueuePosition)),
        ("estimated_completion_at", (w, n, e) => w.WriteTime(n, e.Forecast?.CompletionAt)));

    public static RunExtras None { get; } = new();

    public RunForecast? Forecast { get; init; }

    /// <summary>Null unless embedded.</summary>
    public IReadOnlyList<RunEvent>? Logs { get; init; }

    /// <inheritdoc cref="Logs"/>
    public IReadOnlyList<NodeRun>? NodeRuns { get; init; }

    internal static IReadOnlyList<string> FieldNames => _record.Names;

    internal void Write(Utf8JsonWriter writer, Run run, IReadOnlySet<string>? only)
    {
        _record.WriteMembers(writer, this, only);
        WriteList(writer, "logs", Logs, line => RunLogs.Write(writer, new RunLogLine(run.Id, line)));
        WriteList(writer, "node_runs", NodeRuns, phase => NodeRunPresenter.Write(writer, run, phase));
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T>? items, Action<T> write)
    {
        if (items is null)
            return;

        writer.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        writer.WriteEndArray();
    }
}
