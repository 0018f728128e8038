using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Worker.Attempts;
using Kinema.Worker.Inputs;
using Kinema.Worker.Safety;

namespace Kinema.Worker.Preparation;

/// <summary>
/// All that the server does with a run before an engine begins, for a worker in its own process and for one elsewhere: fetches, checks and judges the inputs, then
/// expands the prompt. What an earlier attempt has done is not done again.
/// </summary>
internal sealed class PrepareAttempt(PrepareInputs inputs, CheckInputs check, ExpandPrompt expand, TimeProvider timeProvider)
{
    /// <param name="claim">The run.</param>
    /// <param name="input">Its input, as its model accepts it.</param>
    /// <param name="scratch">Folder for files under way.</param>
    /// <param name="limit">Time that is left.</param>
    /// <param name="takesPrompt">Whether the worker can be given another prompt than the caller's.</param>
    /// <param name="journal">The run's history.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<PreparedAttempt> HandleAsync(
        ClaimedRun claim, ValidatedInput input, string scratch, PhaseLimit limit, bool takesPrompt, AttemptJournal journal, CancellationToken ct)
    {
        var prepared = await inputs.HandleAsync(claim, input, scratch, limit, journal, ct);
        if (prepared.Failure is { } failure)
            return PreparedAttempt.Failed(failure);

        // First: what is refused here must not reach whoever expands prompts.
        var judged = await check.HandleAsync(claim, input, prepared.Media, journal, ct);
        if (judged.Failure is { } refusal)
            return PreparedAttempt.Failed(refusal);

        var began = timeProvider.GetTimestamp();
        var expansion = await expand.HandleAsync(claim, input, prepared.Media, limit, takesPrompt, journal, ct);
        return new(prepared.Media, prepared.Inputs) { Expansion = expansion, ExpandingTime = timeProvider.GetElapsedTime(began), CheckingTime = judged.Time };
    }
}
