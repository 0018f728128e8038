using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>One attempt to deliver a callback.</summary>
public sealed record CallbackAttempt
{
    /// <summary>Number of the attempt: 1, 2 or 3.</summary>
    public int? AttemptNumber { get; init; }

    /// <summary>HTTP status code of the receiver's response; null if there was none.</summary>
    [JsonPropertyName("status_code")]
    public HttpStatusCode? HttpStatusCode { get; init; }

    /// <summary>Response time, milliseconds.</summary>
    public long? ResponseTimeMs { get; init; }

    /// <summary>Error message, if the attempt failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Time of the attempt.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"AttemptNumber = {AttemptNumber}, HttpStatusCode = {HttpStatusCode}, ResponseTimeMs = {ResponseTimeMs}");
        return true;
    }
}
