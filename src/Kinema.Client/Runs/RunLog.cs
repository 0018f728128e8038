using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>A log line of a run.</summary>
public sealed record RunLog
{
    /// <summary>Number of the line; lines of one run have ascending ones.</summary>
    public required long Id { get; init; }

    /// <summary>Run id.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Level: <c>info</c>, <c>warning</c> or <c>error</c>.</summary>
    [JsonPropertyName("level_code")]
    public string? Level { get; init; }

    /// <summary>Message.</summary>
    public string? Message { get; init; }

    /// <summary>Time of the line.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Level = {Level}, Timestamp = {Timestamp:O}");
        return true;
    }
}
