using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kinema.Client;

/// <summary>What a run would cost and get if it were created now.</summary>
public sealed record RunEstimate
{
    /// <summary>Model id.</summary>
    public Guid? ModelId { get; init; }

    /// <summary>Model path.</summary>
    public string? Model { get; init; }

    /// <summary>The most that the run can cost, in <see cref="Currency"/>.</summary>
    public required decimal Cost { get; init; }

    /// <summary>Currency, for example <c>USD</c>.</summary>
    public string? Currency { get; init; }

    /// <summary>Engine that the run would be pinned to.</summary>
    public string? Engine { get; init; }

    /// <summary>Version of the engine.</summary>
    public string? EngineVersion { get; init; }

    /// <summary>The input with defaults.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>What was not looked at yet.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Members of the request that would be ignored.</summary>
    public IReadOnlyList<ValidationError> Warnings { get; init; } = [];

    /// <summary>Place in the queue; null beyond 1000.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Expected time in the queue, milliseconds; null with fewer than five measured runs.</summary>
    public long? ExpectedWaitMs { get; init; }

    /// <summary>Expected time from the queue to the end, milliseconds; null with fewer than five measured runs.</summary>
    public long? ExpectedDurationMs { get; init; }

    /// <summary>Number of runs that the times were measured on, at most 32.</summary>
    public int? MeasuredRuns { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Model = {Model}, Engine = {Engine}, Cost = {Cost}, QueuePosition = {QueuePosition}");
        return true;
    }
}
