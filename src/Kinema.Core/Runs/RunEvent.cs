namespace Kinema.Core.Runs;

/// <summary>An event of a run.</summary>
/// <param name="Sequence">1, 2, 3, ... within the run; the id of the server-sent event.</param>
/// <param name="Type"><c>status</c>, <c>progress</c>, <c>log</c> or <c>preview</c>.</param>
/// <param name="At">When it was stored.</param>
/// <param name="DataJson">A JSON object; its shape goes with the type (see <see cref="RunEvents"/>).</param>
public sealed record RunEvent(long Sequence, string Type, DateTimeOffset At, string DataJson);

/// <summary>An event without sequence number yet.</summary>
public sealed record NewRunEvent(string Type, string DataJson);
