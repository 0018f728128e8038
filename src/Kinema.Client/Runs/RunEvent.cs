using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kinema.Client;

/// <summary>An event of a run.</summary>
public sealed record RunEvent
{
    /// <summary>Event id; <c>Last-Event-ID</c> resumes after it.</summary>
    public string? Id { get; init; }

    /// <summary>Event type, one of <see cref="RunEventType"/> or one that was added later.</summary>
    public required string Type { get; init; }

    /// <summary>JSON data of the event.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>New state of a <c>status</c> event, one of <see cref="RunStatus"/>; else null.</summary>
    public string? Status => Text("status_code");

    /// <summary>Current stage of a <c>progress</c> event.</summary>
    public string? Stage => Text("stage");

    /// <summary>Progress within the stage, 0 to 1, of a <c>progress</c> event.</summary>
    public double? Progress => Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty("progress", out var value) && value.TryGetDouble(out var number) ? number : null;

    /// <summary>Message of a <c>log</c> event.</summary>
    public string? Message => Text("message");

    /// <summary>Whether this is the last event of the run.</summary>
    public bool IsTerminal => Type == RunEventType.Status && RunStatus.IsTerminal(Status);

    internal static RunEvent Parse(string? id, string type, string data)
    {
        using var document = JsonDocument.Parse(data);
        return new() { Id = id, Type = type, Data = document.RootElement.Clone() };
    }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Type = {Type}, Status = {Status}, Progress = {Progress}");
        return true;
    }

    private string? Text(string name) =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
