using System.Text.Json;
using Kinema.Core.Json;
using Kinema.Core.Lists;

namespace Kinema.Core.Runs;

/// <summary>The list of a run's log lines, which are the events of type <see cref="RunEvents.LogType"/>.</summary>
public static class RunLogs
{
    private static readonly FilterField _id = new("id", FilterValueKind.Integer, IsSortable: true);

    private static readonly RecordWriter<RunLogLine> _record = new(
        ("id", (w, n, l) => w.WriteNumber(n, l.Event.Sequence)),
        ("run_id", (w, n, l) => w.WriteString(n, l.RunId)),
        ("level_code", (w, n, l) => w.WriteString(n, Read(l, "level"))),
        ("message", (w, n, l) => w.WriteString(n, Read(l, "message"))),
        ("timestamp", (w, n, l) => w.WriteTime(n, l.Event.At)),
        ("meta", RecordWriter.EmptyObject),
        ("run", RecordWriter.Null));

    public static JsonList<RunLogLine> List { get; } = new(
        new ListSchema
        {
            Item = "a log line",
            Fields =
            [
                _id,
                new("level_code", FilterValueKind.Text, IsSortable: true),
                new("message", FilterValueKind.Text),
                new("timestamp", FilterValueKind.Time, IsSortable: true),
            ],
            Order = [new(_id, Descending: false)],
            Members = _record.Names,
        },
        _record);

    public static byte[] Present(RunLogLine line) => WireJson.Write(writer => Write(writer, line));

    internal static void Write(Utf8JsonWriter writer, RunLogLine line) => _record.Write(writer, line);

    private static string? Read(RunLogLine line, string member) => line.Data.GetProperty(member).GetString();
}

public sealed record RunLogLine(Guid RunId, RunEvent Event)
{
    internal JsonElement Data { get; } = JsonElement.Parse(Event.DataJson);
}
