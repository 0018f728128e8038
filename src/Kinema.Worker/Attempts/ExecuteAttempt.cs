using System.Text.Json;
using Kinema.Core.Artifacts;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Worker.Inputs;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Attempts;

/// <summary>
/// Executes one attempt, from the claimed run to its outcome. Failures that a caller can cause are outcomes; unexpected failures are exceptions.
/// </summary>
internal sealed class ExecuteAttempt(
    ICatalog catalog,
    WorkerIdentity worker,
    IWorkerLedger ledger,
    IWorkSignal workSignal,
    IArtifactStore artifacts,
    PrepareInputs prepare,
    GenerateVideo generate,
    StoreVideo store,
    IOptions<RunPolicy> policy,
    TimeProvider timeProvider)
{
    public async Task<AttemptOutcome> HandleAsync(ClaimedRun claim, LiveAttempt attempt, CancellationToken ct)
    {
        var times = new AttemptTimings(claim.Run.CreatedAt, timeProvider);
        var journal = new AttemptJournal(attempt, ledger, workSignal);
        if (ReadInput(claim.Run) is not { } input)
            return Failed(FailureCodes.EngineFailed, $"The model '{claim.Run.ModelSlug}' no longer accepts what this run asks for.", FailureStages.Dispatch);

        var scratch = artifacts.CreateScratch(claim.Run.Id, claim.Attempt.Fence);
        PreparedInputs inputs;
        using (var limit = attempt.Limit(AttemptPhase.Fetch, policy.Value.FetchTimeoutSeconds))
            inputs = await prepare.HandleAsync(claim, input, scratch, limit, journal, ct);

        times.InputsReady();
        if (inputs.Failure is { } failure)
            return new AttemptOutcome.Failed(failure);

        var engine = worker.Engine(claim.Run.EngineId);
        var request = input.ToRequest(inputs.Media, claim.Checkpoint);
        if (engine.CheckSupport(request) is { IsSupported: false } support)
            return Refused(support, input);

        await journal.MoveToAsync(RunStatus.Running, ct);
        var video = await generate.HandleAsync(engine, request, scratch, attempt, journal, ct);

        RunOutput output;
        using (attempt.Limit(AttemptPhase.Store, policy.Value.StoreTimeoutSeconds))
            output = await store.HandleAsync(claim, request, engine.Descriptor, inputs, video, times, ct);

        return new AttemptOutcome.Succeeded(output, DeliveredPrice.Of(claim.Run, input.DurationSeconds, video.Seconds));
    }

    private ValidatedInput? ReadInput(Run run)
    {
        if (catalog.Find(run.ModelId) is not { } model)
            return null;

        using var json = JsonDocument.Parse(run.EffectiveInputJson);
        return InputValidator.Validate(model, json.RootElement).Input;
    }

    private static AttemptOutcome.Failed Refused(EngineSupport support, ValidatedInput input)
    {
        var field = input.MediaFields.FirstOrDefault(f => f.Role == support.Role)?.Field.Name;
        return field is null
            ? Failed(FailureCodes.EngineFailed, support.Reason!, FailureStages.Dispatch)
            : Failed(FailureCodes.InputMediaInvalid, $"input.{field}: {support.Reason}", FailureStages.Preprocess);
    }

    private static AttemptOutcome.Failed Failed(string code, string message, string stage) => new(new RunFailure(code, message, stage));
}
