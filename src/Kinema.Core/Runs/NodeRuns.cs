using System.Buffers.Binary;
using System.Text;
using Kinema.Core.Catalog;

namespace Kinema.Core.Runs;

/// <summary>Derives the phases of a run's attempts from the attempts' rows and the measured times of its output.</summary>
public static class NodeRuns
{
    public static IReadOnlyList<NodeRun> Of(Run run, IReadOnlyList<AttemptRecord> attempts) =>
        [.. attempts.SelectMany((attempt, index) => attempt is { Outcome: AttemptOutcomeCodes.Succeeded, EndedAt: not null } && run.Output is { } output
            ? Measured(run, attempt, index, output.Timing)
            : Observed(run, attempt, index))];

    private static IEnumerable<NodeRun> Measured(Run run, AttemptRecord attempt, int index, RunTiming timing)
    {
        var running = attempt.RunningAt ?? attempt.ClaimedAt;
        var stored = attempt.EndedAt!.Value;
        var uploading = Later(running, stored - TimeSpan.FromMilliseconds(timing.UploadMs));
        yield return Succeeded(NodeRunPhases.Preprocess, attempt.ClaimedAt, running, timing.PreprocessMs);
        yield return Succeeded(NodeRunPhases.Inference, running, uploading, timing.InferenceMs);
        yield return Succeeded(NodeRunPhases.Encode, running, uploading, timing.EncodeMs);
        yield return Succeeded(NodeRunPhases.Upload, uploading, stored, timing.UploadMs) with { Cost = attempt.Cost };

        NodeRun Succeeded(string phase, DateTimeOffset start, DateTimeOffset end, long duration) =>
            New(run, attempt, index, phase, "succeeded", start) with { CompletedAt = end, DurationMs = duration };
    }

    /// <summary>Without a result only the begin of the engine's work is known.</summary>
    private static IEnumerable<NodeRun> Observed(Run run, AttemptRecord attempt, int index)
    {
        if (attempt.RunningAt is { } running)
        {
            yield return New(run, attempt, index, NodeRunPhases.Preprocess, "succeeded", attempt.ClaimedAt) with
            {
                CompletedAt = running,
                DurationMs = Milliseconds(running - attempt.ClaimedAt),
            };
        }

        var start = attempt.RunningAt ?? attempt.ClaimedAt;
        yield return New(run, attempt, index, attempt.RunningAt is null ? NodeRunPhases.Preprocess : NodeRunPhases.Inference, StateOf(attempt), start) with
        {
            CompletedAt = attempt.EndedAt,
            DurationMs = attempt.EndedAt is { } end ? Milliseconds(end - start) : null,
            ErrorMessage = attempt.Failure?.Message,
        };
    }

    private static NodeRun New(Run run, AttemptRecord attempt, int index, string phase, string state, DateTimeOffset start) =>
        new() { Id = IdOf(run.Id, attempt.Fence, phase), Phase = phase, State = state, RetryCount = index, StartedAt = start };

    private static string StateOf(AttemptRecord attempt) => attempt.Outcome switch
    {
        null => "running",
        AttemptOutcomeCodes.Succeeded => "succeeded",
        AttemptOutcomeCodes.Canceled or AttemptOutcomeCodes.HandedBack => "canceled",
        _ => "failed",
    };

    private static long Milliseconds(TimeSpan time) => Math.Max(0, (long)time.TotalMilliseconds);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>The same phase of the same attempt has the same id at every reading.</summary>
    private static Guid IdOf(Guid runId, long fence, string phase)
    {
        Span<byte> name = stackalloc byte[16 + sizeof(long) + 16];
        name.Clear();
        runId.TryWriteBytes(name, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(name[16..], fence);
        Encoding.ASCII.GetBytes(phase, name[24..]);
        return DerivedId.Of(name);
    }
}
