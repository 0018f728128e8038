using System.Globalization;
using System.Text;
using Kinema.Core.Json;
using Kinema.Core.Runs;

namespace Kinema.Server.Runs;

/// <summary>Events as messages of a <c>text/event-stream</c>.</summary>
internal static class EventText
{
    /// <summary>A comment, so that a connection without events is not taken for a dead one.</summary>
    public static byte[] Heartbeat { get; } = Encoding.UTF8.GetBytes(": still here\n\n");

    /// <summary>An event of a stream of one run, which resumes after its id.</summary>
    public static byte[] Of(RunEvent item) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"id: {item.Sequence}\nevent: {item.Type}\ndata: {item.DataJson.ReplaceLineEndings(" ")}\n\n"));

    /// <summary>An event of a stream of several runs. It has no id: a reader resumes with the sequence numbers that it has of each run.</summary>
    public static byte[] Of(FeedItem item)
    {
        var data = WireJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("run_id", item.RunId);
            writer.WriteNumber("sequence", item.Event.Sequence);
            writer.WriteString("type", item.Event.Type);
            writer.WritePropertyName("data");
            writer.WriteRawValue(item.Event.DataJson.ReplaceLineEndings(" "));
            writer.WriteEndObject();
        });
        return [.. "data: "u8, .. data, .. "\n\n"u8];
    }
}
