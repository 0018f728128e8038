using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>Creates a run: parses, validates and prices the request, chooses an engine and stores the run with its first events in one transaction.</summary>
public sealed class CreateRun(
    ICatalog catalog,
    IWorkerDirectory workers,
    EngineBindings bindings,
    IDiskSpaceCheck diskSpace,
    MediaAdmissions media,
    ICallbackAdmission callbacks,
    IRunLedger ledger,
    RunPolicy policy,
    TimeProvider timeProvider)
{
    public async Task<CreateRunResult> HandleAsync(CreateRunCommand command, CancellationToken ct)
    {
        if (catalog.Find(command.ModelSlug) is not { } model)
            return new CreateRunResult.UnknownModel(command.ModelSlug);

        var (body, validatedInput, refusal) = Read(model, command.Body.Span);
        if (refusal is not null)
            return refusal;
        if (!model.Enabled)
            return new CreateRunResult.Unavailable($"{model.Slug} is disabled here.");
        if (!diskSpace.HasFreeSpace)
            return new CreateRunResult.StorageFull();

        var input = RandomSeed.WithSeed(validatedInput!);
        var choice = bindings.Choose(input.ToRequest(), await workers.ReadEnginesAsync(ct));
        if (choice is not EngineChoice.Bound { EngineId: var engineId })
            return Refused(choice, input);

        var admitted = await media.CheckAsync(command.OrgId, command.CreatedBy, input, ct);
        if (admitted.Errors.Count > 0)
            return new CreateRunResult.Invalid(admitted.Errors);

        var run = RunFactory.Queued(command, body!, admitted.Input, engineId, policy, timeProvider.GetUtcNow());
        var limits = new AdmissionLimits(policy.MaxQueued, policy.MaxQueuedPerOrganization);
        return await ledger.AdmitAsync(new(run, RunFactory.FirstEvents(body!, admitted.Notes), admitted.Assets), limits, ct) switch
        {
            AdmitOutcome.Admitted => new CreateRunResult.Created(run),
            AdmitOutcome.OrgQueueFull => new CreateRunResult.OrgQueueFull(),
            _ => new CreateRunResult.QueueFull(),
        };
    }

    /// <summary>Returns body and input, or the result with all errors of both.</summary>
    private (RunRequestBody? Body, ValidatedInput? Input, CreateRunResult? Refusal) Read(ModelManifest model, ReadOnlySpan<byte> utf8)
    {
        switch (RunRequestBody.Read(utf8))
        {
            case BodyReadResult.NotJson notJson:
                return (null, null, new CreateRunResult.NotJson(notJson.Problem));
            case BodyReadResult.Invalid invalid:
                return (null, null, new CreateRunResult.Invalid(invalid.Errors));
            case BodyReadResult.Accepted { Body: var body }:
                var validation = InputValidator.Validate(model, body.Input);
                List<FieldError> errors = [.. validation.Errors, .. RefuseCallback(body.CallbackUrl)];
                return errors.Count == 0 ? (body, validation.Input, null) : (null, null, new CreateRunResult.Invalid(errors));
            case var other:
                throw new InvalidOperationException($"Unexpected body result {other}.");
        }
    }

    private IEnumerable<FieldError> RefuseCallback(string? url)
    {
        if (url is not null && callbacks.Refuse(url) is { } reason)
            yield return new(["body", "callback_url"], $"callback_url {reason}", FieldErrorTypes.Unreachable);
    }

    private static CreateRunResult Refused(EngineChoice choice, ValidatedInput input)
    {
        if (choice is not EngineChoice.NotServed { Support: var support })
            return new CreateRunResult.Unavailable(((EngineChoice.Unavailable)choice).Reason);

        var error = input.MediaFields.FirstOrDefault(f => f.Role == support.Role) is { Field.Name: var name }
            ? FieldError.Input(name, $"input.{name} is {support.Reason}", FieldErrorTypes.NotServed)
            : new FieldError(["body", "input"], $"input: {support.Reason}", FieldErrorTypes.NotServed);
        return new CreateRunResult.Invalid([error]);
    }
}
