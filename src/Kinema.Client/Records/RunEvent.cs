using System.Text.Json;

namespace Kinema.Client;

/// <summary>One line of a run's history.</summary>
public sealed record RunEvent
{
    /// <summary>Its place in the history; what <c>Last-Event-ID</c> resumes after.</summary>
    public string? Id { get; init; }

    /// <summary><c>status</c>, <c>progress</c> or <c>log</c>; more may come.</summary>
    public required string Type { get; init; }

    /// <summary>The event's own JSON.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>The new state of a <c>status</c> event, else null.</summary>
    public string? StatusCode => Text("status_code");

    /// <summary>What is being done, of a <c>progress</c> event.</summary>
    public string? Stage => Text("stage");

    /// <summary>0 to 1 of the stage, of a <c>progress</c> event.</summary>
    public double? Progress => Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty("progress", out var value) && value.TryGetDouble(out var number) ? number : null;

    /// <summary>What a <c>log</c> event says.</summary>
    public string? Message => Text("message");

    /// <summary>After this one nothing follows.</summary>
    public bool IsTerminal => Type == "status" && RunStatus.IsTerminal(StatusCode);

    internal static RunEvent Of(string? id, string type, string data)
    {
        using var document = JsonDocument.Parse(data);
        return new() { Id = id, Type = type, Data = document.RootElement.Clone() };
    }

    private string? Text(string name) =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
