using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Core.Prompts;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Worker.Attempts;

namespace Kinema.Worker.Preparation;

/// <summary>Expands a run's prompt where its caller wants it, once for all attempts: the result is stored before the engine begins.</summary>
internal sealed class ExpandPrompt(IPromptExpander expander, IWorkerDirectory directory, TimeProvider timeProvider)
{
    /// <summary>Left of the phase's time for what comes after.</summary>
    private static readonly TimeSpan _reserve = TimeSpan.FromSeconds(1);

    private static readonly PromptExpansion _olderWorker = PromptExpansion.AsAsked("the run's worker is of a version that takes no expanded prompt");

    /// <returns>Null where no expansion is wanted, or there is no prompt.</returns>
    public async Task<PromptExpansion?> HandleAsync(
        ClaimedRun claim,
        ValidatedInput input,
        IReadOnlyDictionary<MediaRole, MediaInput> media,
        PhaseLimit limit,
        bool takesPrompt,
        AttemptJournal journal,
        CancellationToken ct)
    {
        if (await FindAsync(claim.Run, input, media, ct) is not { } wanted)
            return null;

        var kept = claim.Run.Expansion;
        if (kept is not null && (takesPrompt || kept.Text is null))
            return kept;

        // Whoever does it says nothing where there is nothing to wait for.
        var isSlow = takesPrompt && expander.Estimate(wanted).By == PromptExpanders.Endpoint;
        if (isSlow)
            await journal.AppendAsync(new() { Events = [RunEvents.Progress(RunPhases.Expanding, 0, 1)] }, ct);

        var began = timeProvider.GetTimestamp();
        var left = limit.Left - _reserve;
        var expansion = takesPrompt ? await expander.ExpandAsync(wanted, left > TimeSpan.Zero ? left : TimeSpan.Zero, ct) : _olderWorker;
        if (expansion is { By: PromptExpanders.None, Note: null })
            return null;

        expansion = expansion with { Fence = claim.Attempt.Fence, Milliseconds = (long)timeProvider.GetElapsedTime(began).TotalMilliseconds };
        await journal.AppendAsync(ToAppend(expansion), ct);
        return expansion;
    }

    private async Task<PromptToExpand?> FindAsync(Run run, ValidatedInput input, IReadOnlyDictionary<MediaRole, MediaInput> media, CancellationToken ct) =>
        PromptToExpand.Of(input, (await directory.ReadEnginesAsync(ct)).GetValueOrDefault(run.EngineId), media);

    private static AttemptAppend ToAppend(PromptExpansion expansion)
    {
        List<NewRunEvent> events = [RunEvents.Progress(RunPhases.Expanding, 1, 1)];
        if (expansion.Note is { } note)
            events.Add(RunEvents.Log("warning", $"The prompt was {(expansion.Text is null ? "left as it is" : "expanded by rules")}: {note}."));
        return new()
        {
            Expansion = expansion,
            Events = events,
            ProviderCosts = expansion.ProviderCost.Micros > 0 ? [new(ProviderCost.PromptExpansion, expansion.ProviderCost)] : [],
        };
    }
}
