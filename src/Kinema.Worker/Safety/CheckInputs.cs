using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Core.Safety;
using Kinema.Engines;
using Kinema.Worker.Attempts;

namespace Kinema.Worker.Safety;

/// <summary>Judges the prompt, the pictures and the clips of a run before anything else sees them: no engine, and no service that writes prompts.</summary>
internal sealed class CheckInputs(ISafetyChecker safety, TimeProvider timeProvider)
{
    /// <exception cref="EngineException">A medium cannot be decoded.</exception>
    public async Task<CheckedInputs> HandleAsync(
        ClaimedRun claim, ValidatedInput input, IReadOnlyDictionary<MediaRole, MediaInput> media, AttemptJournal journal, CancellationToken ct)
    {
        var seen = input.MediaFields.Where(field => field.Role != MediaRole.Audio).ToList();
        if (!safety.Covers(input))
            return new(null, TimeSpan.Zero);

        var began = timeProvider.GetTimestamp();
        if (await safety.JudgePromptAsync(new(claim.Run.Id, "the prompt"), input, ct) is { IsRefused: true } ofPrompt)
            return new(SafetyFailures.Of(ofPrompt, "the prompt", FailureStages.Preprocess), timeProvider.GetElapsedTime(began));
        if (seen.Count == 0)
            return new(null, timeProvider.GetElapsedTime(began));

        await journal.AppendAsync(new() { Events = [RunEvents.Progress(RunPhases.Checking, 0, seen.Count)] }, ct);
        foreach (var field in seen)
        {
            var what = $"input.{field.Field.Name}";
            var verdict = await safety.JudgeInputAsync(new(claim.Run.Id, what), media[field.Role], ct);
            if (verdict.IsRefused)
                return new(SafetyFailures.Of(verdict, what, FailureStages.Preprocess), timeProvider.GetElapsedTime(began));
        }

        await journal.AppendAsync(new() { Events = [RunEvents.Progress(RunPhases.Checking, seen.Count, seen.Count)] }, ct);
        return new(null, timeProvider.GetElapsedTime(began));
    }
}

/// <param name="Failure">The failure of the run, or null.</param>
/// <param name="Time">How long it took.</param>
internal sealed record CheckedInputs(RunFailure? Failure, TimeSpan Time);
