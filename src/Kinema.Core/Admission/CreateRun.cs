using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Core.Telemetry;

namespace Kinema.Core.Admission;

/// <summary>Creates a run: parses, validates and prices the request, chooses an engine and stores the run with its first events in one transaction.</summary>
public sealed class CreateRun(
    ICatalog catalog,
    IWorkerDirectory workers,
    EngineBindings bindings,
    IEnumerable<IEngineAdmission> engines,
    IDiskSpaceCheck diskSpace,
    IStorageQuota quota,
    MediaAdmissions media,
    ISafetyAdmission safety,
    ICallbackAdmission callbacks,
    IRunLedger ledger,
    RunMetrics metrics,
    RunPolicy policy,
    TimeProvider timeProvider)
{
    public async Task<CreateRunResult> HandleAsync(CreateRunCommand command, CancellationToken ct)
    {
        if (catalog.Find(command.ModelSlug) is not { } model)
            return new CreateRunResult.UnknownModel(command.ModelSlug);

        var read = RunRequestBody.Read(command.Body);
        if (read is not BodyReadResult.Accepted { Body: var body })
            return read.Refusal!;

        using (body)
            return await HandleAsync(command, model, body, ct);
    }

    private async Task<CreateRunResult> HandleAsync(CreateRunCommand command, ModelManifest model, RunRequestBody body, CancellationToken ct)
    {
        var validation = InputValidator.Validate(model, body.Input, command.Body);
        List<FieldError> errors = [.. validation.Errors, .. RefuseCallback(callbacks, command.OrgId, body.CallbackUrl)];
        if (errors.Count > 0)
            return new CreateRunResult.Invalid(errors);
        if (!model.Enabled)
            return Disabled(model);
        if (!diskSpace.HasFreeSpace)
            return new CreateRunResult.StorageFull();

        var input = RandomSeed.WithSeed(validation.Input!);
        var choice = bindings.Choose(model, input.ToRequest(), await workers.ReadEnginesAsync(ct));
        if (choice is not EngineChoice.Bound { EngineId: var engineId })
            return Refused(choice, input);

        foreach (var engine in engines.Where(engine => engine.EngineId == engineId))
        {
            if (await engine.RefuseAsync(command.OrgId, input.ToRequest(), ct) is { } reason)
                return new CreateRunResult.Unavailable(reason);
        }

        var admitted = await media.CheckAsync(command.OrgId, input, ct);
        if (admitted.Errors.Count > 0)
            return new CreateRunResult.Invalid(admitted.Errors);

        if (await quota.CheckAsync(command.OrgId, admitted.Inline.Values.Sum(i => (long)i.Content.Length), ct) is { } exceeded)
            return new CreateRunResult.OverQuota(exceeded);

        return await safety.RefuseAsync(command.OrgId, admitted, ct) ?? await AdmitAsync(command, body, admitted, engineId, ct);
    }

    private async Task<CreateRunResult> AdmitAsync(CreateRunCommand command, RunRequestBody body, CheckedMedia admitted, string engineId, CancellationToken ct)
    {
        var stored = await media.StoreAsync(command.OrgId, command.CreatedBy, admitted, ct);
        AdmitOutcome? outcome = null;
        try
        {
            var run = RunFactory.Queued(command, body, stored, engineId, policy, timeProvider.GetUtcNow());
            var limits = new AdmissionLimits(policy.MaxQueued, policy.MaxQueuedPerOrganization);
            var admission = new NewRun(run, RunFactory.FirstEvents(body, admitted.Notes), stored.Assets) { Answer = command.Answer?.Invoke(run, body.Warnings) };
            outcome = await ledger.AdmitAsync(admission, limits, ct);
            return Report(outcome.Value, run, body);
        }
        finally
        {
            // After an exception nobody knows whether the run is stored, so its media stay; the sweeper removes what no record names.
            await media.ReleaseAsync(command.OrgId, stored, isRefused: outcome is AdmitOutcome.QueueFull or AdmitOutcome.OrgQueueFull);
        }
    }

    private CreateRunResult Report(AdmitOutcome outcome, Run run, RunRequestBody body)
    {
        switch (outcome)
        {
            case AdmitOutcome.Admitted:
                metrics.Created(run);
                return new CreateRunResult.Created(run, body.Warnings);
            case AdmitOutcome.OrgQueueFull:
                metrics.Refused("organization");
                return new CreateRunResult.OrgQueueFull();
            default:
                metrics.Refused("queue");
                return new CreateRunResult.QueueFull();
        }
    }

    internal static IEnumerable<FieldError> RefuseCallback(ICallbackAdmission callbacks, Guid orgId, string? url)
    {
        if (url is not null && callbacks.Refuse(orgId, url) is { } reason)
            yield return new(["body", "callback_url"], $"callback_url {reason}", FieldErrorTypes.Unreachable);
    }

    internal static CreateRunResult Disabled(ModelManifest model) => new CreateRunResult.Unavailable($"{model.Slug} is disabled here.");

    internal static CreateRunResult Refused(EngineChoice choice, ValidatedInput input)
    {
        if (choice is not EngineChoice.NotServed { Support: var support })
            return new CreateRunResult.Unavailable(((EngineChoice.Unavailable)choice).Reason);

        var error = input.MediaFields.FirstOrDefault(f => f.Role == support.Role) is { Field.Name: var name }
            ? FieldError.Input(name, $"input.{name} is {support.Reason}", FieldErrorTypes.NotServed)
            : support.Setting is { } setting
            ? FieldError.Input(setting, $"input.{setting} {support.Reason}", FieldErrorTypes.NotServed)
            : new FieldError(["body", "input"], $"input: {support.Reason}", FieldErrorTypes.NotServed);
        return new CreateRunResult.Invalid([error]);
    }
}
