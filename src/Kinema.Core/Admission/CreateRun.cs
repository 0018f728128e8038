using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>Admits a run: read, checked, priced, pinned to an engine and stored with its first events in one transaction.</summary>
public sealed class CreateRun(
    ICatalog catalog,
    IWorkerDirectory workers,
    EngineBindings bindings,
    IStorageFloor floor,
    MediaAdmissions media,
    ICallbackAdmission callbacks,
    IRunLedger ledger,
    RunPolicy policy,
    TimeProvider clock)
{
    public async Task<CreateRunResult> HandleAsync(CreateRunCommand command, CancellationToken ct)
    {
        if (catalog.Find(command.ModelSlug) is not { } model)
            return new CreateRunResult.UnknownModel(command.ModelSlug);

        var (body, checkedInput, refusal) = Read(model, command.Body.Span);
        if (refusal is not null)
            return refusal;
        if (!model.Enabled)
            return new CreateRunResult.Unavailable($"{model.Slug} is disabled here.");
        if (!floor.HasRoom)
            return new CreateRunResult.StorageFull();

        var input = SeedDraw.WithSeed(checkedInput!);
        var choice = bindings.Choose(input.ToRequest(), await workers.ReadEnginesAsync(ct));
        if (choice is not EngineChoice.Bound { EngineId: var engineId })
            return Refused(choice, input);

        var admitted = await media.CheckAsync(command.OrgId, command.CreatedBy, input, ct);
        if (admitted.Errors.Count > 0)
            return new CreateRunResult.Invalid(admitted.Errors);

        var run = RunDraft.Queued(command, body!, admitted.Input, engineId, policy, clock.GetUtcNow());
        var limits = new AdmissionLimits(policy.MaxQueued, policy.MaxQueuedPerOrganization);
        return await ledger.AdmitAsync(new(run, RunDraft.FirstEvents(body!, admitted.Notes), admitted.Assets), limits, ct) switch
        {
            AdmitOutcome.Admitted => new CreateRunResult.Created(run),
            AdmitOutcome.OrgQueueFull => new CreateRunResult.OrgQueueFull(),
            _ => new CreateRunResult.QueueFull(),
        };
    }

    /// <summary>Body and input, or the refusal with every error of both.</summary>
    private (RunRequestBody? Body, CheckedInput? Input, CreateRunResult? Refusal) Read(ModelManifest model, ReadOnlySpan<byte> utf8)
    {
        switch (RunRequestBody.Read(utf8))
        {
            case BodyReading.NotJson notJson:
                return (null, null, new CreateRunResult.NotJson(notJson.Problem));
            case BodyReading.Invalid invalid:
                return (null, null, new CreateRunResult.Invalid(invalid.Errors));
            case BodyReading.Accepted { Body: var body }:
                var verdict = InputValidator.Validate(model, body.Input);
                List<FieldError> errors = [.. verdict.Errors, .. RefuseCallback(body.CallbackUrl)];
                return errors.Count == 0 ? (body, verdict.Input, null) : (null, null, new CreateRunResult.Invalid(errors));
            case var other:
                throw new InvalidOperationException($"A body is never {other}.");
        }
    }

    private IEnumerable<FieldError> RefuseCallback(string? url)
    {
        if (url is not null && callbacks.Refuse(url) is { } reason)
            yield return new(["body", "callback_url"], $"callback_url {reason}", FieldErrorTypes.Unreachable);
    }

    private static CreateRunResult Refused(EngineChoice choice, CheckedInput input)
    {
        if (choice is not EngineChoice.NotServed { Verdict: var verdict })
            return new CreateRunResult.Unavailable(((EngineChoice.Unavailable)choice).Reason);

        var error = input.MediaFields.FirstOrDefault(f => f.Role == verdict.Role) is { Field.Name: var name }
            ? FieldError.Input(name, $"input.{name} is {verdict.Reason}", FieldErrorTypes.NotServed)
            : new FieldError(["body", "input"], $"input: {verdict.Reason}", FieldErrorTypes.NotServed);
        return new CreateRunResult.Invalid([error]);
    }
}
