using Kinema.Core.Catalog;
using Kinema.Core.Prompts;
using Kinema.Core.Runs;
using Kinema.Core.Safety;
using Kinema.Engines;
using Kinema.Worker.Attempts;

namespace Kinema.Worker.Assignments;

/// <summary>A run of this process's own store: its inputs are fetched here, and its video goes into the artifacts.</summary>
/// <param name="input">Null if the model no longer accepts it.</param>
internal sealed class LocalAssignment(ClaimedRun claim, ValidatedInput? input, AttemptLimits limits, TimeSpan queued, LocalAssignments services) : Assignment
{
    private IReadOnlyList<RunInput> _inputs = [];
    private PromptExpansion? _expansion;
    private IFrameWatch? _watch;

    public override AttemptRef Attempt => claim.Attempt;

    public override int AttemptNumber => claim.AttemptNumber;

    public override string EngineId => claim.Run.EngineId;

    public override TimeSpan Queued => queued;

    public override AttemptLimits Limits => limits;

    public override string? TraceParent => claim.Run.TraceParent;

    public override IFrameWatch? Watch => _watch;

    public override string CreateScratch() => services.Artifacts.CreateScratch(claim.Run.Id, claim.Attempt.Fence);

    public override void DeleteScratch() => services.Artifacts.DeleteScratch(claim.Run.Id, claim.Attempt.Fence);

    public override async Task<PreparedRequest> PrepareAsync(string scratch, PhaseLimit limit, AttemptTimings times, AttemptJournal journal, CancellationToken ct)
    {
        if (input is null)
            return PreparedRequest.Ended(RunInputReader.NoLongerAccepted(claim.Run));

        var prepared = await services.Prepare.HandleAsync(claim, input, scratch, limit, takesPrompt: true, journal, ct);
        (times.Expanding, times.Checking) = (prepared.ExpandingTime, prepared.CheckingTime);
        if (prepared.Failure is { } failure)
            return PreparedRequest.Ended(new AttemptOutcome.Failed(failure));

        (_inputs, _expansion) = (prepared.Inputs, prepared.Expansion);
        _watch = services.Safety.Covers(input) ? services.Safety.Watch(new(claim.Run.Id, "the video")) : null;
        return PreparedRequest.Ready(input.ToRequest(prepared.Media, claim.Checkpoint) with
        {
            ExpandedPrompt = _expansion?.Text,
            Key = claim.Run.Id.ToString(),
            Organization = claim.Run.OrgId.ToString(),
        });
    }

    public override Task<AttemptOutcome?> RefuseAsync(EngineSupport support, CancellationToken ct) =>
        Task.FromResult<AttemptOutcome?>(UnsupportedInput.Of(input!, support));

    public override async Task<AttemptOutcome?> DeliverAsync(
        VideoRequest request, EngineDescriptor engine, EncodedVideo video, AttemptTimings times, AttemptJournal journal, CancellationToken ct)
    {
        var began = services.TimeProvider.GetTimestamp();
        var pictures = await services.Pictures.HandleAsync(video, ct);
        var files = new OutputFiles(video.Path, pictures.Poster, pictures.LastFrame, video.Format, video.HasAudio);
        var judged = await services.Check.HandleAsync(claim, input!, _inputs, files, _watch, said => journal.AppendAsync(new() { Events = [said] }, ct), ct);
        times.Checking += judged.Time;
        if (judged.Failure is { } failure)
            return new AttemptOutcome.Failed(failure);

        var output = await services.Store.HandleAsync(
            claim.Attempt,
            judged.Files,
            judged.WriteTo(RunModelData.Of(request, engine, _inputs, _expansion, video.ModelData)),
            request.Seed,
            judged.NsfwDetected,
            () => times.Timing(video.Inference, video.Encoding, services.TimeProvider.GetElapsedTime(began) - judged.Time),
            ct);
        return new AttemptOutcome.Succeeded(output, DeliveredPrice.Of(claim.Run, input!.DurationSeconds, video.Seconds));
    }
}
