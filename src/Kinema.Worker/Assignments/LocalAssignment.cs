using Kinema.Core.Catalog;
using Kinema.Core.Prompts;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Worker.Attempts;

namespace Kinema.Worker.Assignments;

/// <summary>A run of this process's own store: its inputs are fetched here, and its video goes into the artifacts.</summary>
/// <param name="input">Null if the model no longer accepts it.</param>
internal sealed class LocalAssignment(ClaimedRun claim, ValidatedInput? input, AttemptLimits limits, TimeSpan queued, LocalAssignments services) : Assignment
{
    private IReadOnlyList<RunInput> _inputs = [];
    private PromptExpansion? _expansion;

    public override AttemptRef Attempt => claim.Attempt;

    public override int AttemptNumber => claim.AttemptNumber;

    public override string EngineId => claim.Run.EngineId;

    public override TimeSpan Queued => queued;

    public override AttemptLimits Limits => limits;

    public override string CreateScratch() => services.Artifacts.CreateScratch(claim.Run.Id, claim.Attempt.Fence);

    public override void DeleteScratch() => services.Artifacts.DeleteScratch(claim.Run.Id, claim.Attempt.Fence);

    public override async Task<PreparedRequest> PrepareAsync(string scratch, PhaseLimit limit, AttemptTimings times, AttemptJournal journal, CancellationToken ct)
    {
        if (input is null)
            return PreparedRequest.Ended(RunInputReader.NoLongerAccepted(claim.Run));

        var prepared = await services.Prepare.HandleAsync(claim, input, scratch, limit, takesPrompt: true, journal, ct);
        times.Expanding = prepared.ExpandingTime;
        if (prepared.Failure is { } failure)
            return PreparedRequest.Ended(new AttemptOutcome.Failed(failure));

        (_inputs, _expansion) = (prepared.Inputs, prepared.Expansion);
        return PreparedRequest.Ready(input.ToRequest(prepared.Media, claim.Checkpoint) with { ExpandedPrompt = _expansion?.Text });
    }

    public override Task<AttemptOutcome?> RefuseAsync(EngineSupport support, CancellationToken ct) =>
        Task.FromResult<AttemptOutcome?>(UnsupportedInput.Of(input!, support));

    public override async Task<AttemptOutcome?> DeliverAsync(
        VideoRequest request, EngineDescriptor engine, EncodedVideo video, AttemptTimings times, AttemptJournal journal, CancellationToken ct)
    {
        var began = services.TimeProvider.GetTimestamp();
        var pictures = await services.Pictures.HandleAsync(video, ct);
        var files = new OutputFiles(video.Path, pictures.Poster, pictures.LastFrame, video.Format, video.HasAudio);
        var output = await services.Store.HandleAsync(
            claim.Attempt,
            files,
            RunModelData.Of(request, engine, _inputs, _expansion, video.ModelData),
            request.Seed,
            () => times.Timing(video.Inference, video.Encoding, services.TimeProvider.GetElapsedTime(began)),
            ct);
        return new AttemptOutcome.Succeeded(output, DeliveredPrice.Of(claim.Run, input!.DurationSeconds, video.Seconds));
    }
}
