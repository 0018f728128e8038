using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>
/// Prices a create request and says what it would get, and stores nothing. It is refused for what is wrong with it, as a create is, but not for what is only
/// so now: a full queue, disk or quota.
/// </summary>
public sealed class EstimateRun(
    ICatalog catalog, IWorkerDirectory workers, EngineBindings bindings, IMediaAdmission media, ICallbackAdmission callbacks, IRunForecasts forecasts,
    RunPolicy policy, TimeProvider timeProvider)
{
    public async Task<EstimateResult> HandleAsync(CreateRunCommand request, CancellationToken ct)
    {
        if (catalog.Find(request.ModelSlug) is not { } model)
            return Refuse(new CreateRunResult.UnknownModel(request.ModelSlug));

        switch (RunRequestBody.Read(request.Body))
        {
            case BodyReadResult.NotJson notJson:
                return Refuse(new CreateRunResult.NotJson(notJson.Problem));
            case BodyReadResult.Invalid invalid:
                return Refuse(new CreateRunResult.Invalid(invalid.Errors));
            case BodyReadResult.Accepted { Body: var body }:
                using (body)
                    return await EstimateAsync(request, model, body, ct);
            case var other:
                throw new InvalidOperationException($"Unexpected body result {other}.");
        }
    }

    private async Task<EstimateResult> EstimateAsync(CreateRunCommand request, ModelManifest model, RunRequestBody body, CancellationToken ct)
    {
        var validation = InputValidator.Validate(model, body.Input, request.Body);
        List<FieldError> errors = [.. validation.Errors, .. CreateRun.RefuseCallback(callbacks, body.CallbackUrl)];
        if (errors.Count > 0)
            return Refuse(new CreateRunResult.Invalid(errors));
        if (!model.Enabled)
            return Refuse(CreateRun.Disabled(model));

        var input = validation.Input!;
        var engines = await workers.ReadEnginesAsync(ct);
        var choice = bindings.Choose(input.ToRequest(), engines);
        if (choice is not EngineChoice.Bound { EngineId: var engineId })
            return Refuse(CreateRun.Refused(choice, input));

        var notes = new List<string>();
        foreach (var medium in input.MediaFields)
        {
            var admission = await media.CheckAsync(request.OrgId, medium, ct);
            if (admission.Refusal is { } refusal)
                errors.Add(refusal);
            notes.AddRange(admission.Notes);
            notes.Add(NoteOf(medium));
        }

        if (errors.Count > 0)
            return Refuse(new CreateRunResult.Invalid(errors));

        var forecast = await forecasts.ReadAsync(RunFactory.Draft(request, input, engineId, policy, timeProvider.GetUtcNow()), ct);
        return new(new RunEstimate(input, engineId, engines.GetValueOrDefault(engineId)?.Version, notes, body.Warnings, forecast), null);
    }

    private static string NoteOf(MediaField medium) => medium switch
    {
        { Inline: not null } => $"input.{medium.Field.Name} is inline: it was checked, and a create stores it as an asset.",
        _ when AssetReference.IsAssetReference(medium.Url) => $"input.{medium.Field.Name} is an asset that is there; its content is checked when the run is dispatched.",
        _ => $"input.{medium.Field.Name} was not fetched: whether it can be reached and used is known when the run is dispatched.",
    };

    private static EstimateResult Refuse(CreateRunResult result) => new(null, result);
}
