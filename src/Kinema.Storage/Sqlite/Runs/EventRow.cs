using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>A row of <c>events</c>.</summary>
internal sealed class EventRow
{
    public required long Sequence { get; init; }
    public required string Type { get; init; }
    public required long At { get; init; }
    public required string DataJson { get; init; }

    public RunEvent ToEvent() => new(Sequence, Type, At.FromMicros(), DataJson);
}
