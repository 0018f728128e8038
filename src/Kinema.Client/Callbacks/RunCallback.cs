using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kinema.Client;

/// <summary>The body of a callback.</summary>
public sealed record RunCallback
{
    /// <summary>What happened, one of <see cref="RunCallbackEvent"/>.</summary>
    public required string Event { get; init; }

    /// <summary>Run id. Receivers can use it to ignore repeated deliveries.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Outcome, one of <see cref="RunCallbackStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Output; null if the run failed or was canceled.</summary>
    public RunOutput? Output { get; init; }

    /// <summary>Time from creation to completion, milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Time of the run's creation.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Time of the run's end.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Metadata given at creation.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Parses a callback body. Verify the signature first; <see cref="CallbackVerifier"/> does both.</summary>
    /// <exception cref="JsonException">The body is not a callback.</exception>
    public static RunCallback Parse(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, Wire.Default.RunCallback) ?? throw new JsonException("The body is null.");

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Event = {Event}, RunId = {RunId}, Status = {Status}");
        return true;
    }
}
