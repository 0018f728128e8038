using Kinema.Core.Catalog;
using Kinema.Core.Prompts;
using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>
/// Prices a create request and says what it would get, and stores nothing. It is refused for what is wrong with it, as a create is, but not for what is only
/// so now: a full queue, disk or quota.
/// </summary>
public sealed class EstimateRun(
    ICatalog catalog, IWorkerDirectory workers, EngineBindings bindings, MediaAdmissions media, ICallbackAdmission callbacks, IRunForecasts forecasts,
    IPromptExpander expander, RunPolicy policy, TimeProvider timeProvider)
{
    public async Task<EstimateResult> HandleAsync(CreateRunCommand request, CancellationToken ct)
    {
        if (catalog.Find(request.ModelSlug) is not { } model)
            return Refuse(new CreateRunResult.UnknownModel(request.ModelSlug));

        var read = RunRequestBody.Read(request.Body);
        if (read is not BodyReadResult.Accepted { Body: var body })
            return Refuse(read.Refusal!);

        using (body)
            return await EstimateAsync(request, model, body, ct);
    }

    private async Task<EstimateResult> EstimateAsync(CreateRunCommand request, ModelManifest model, RunRequestBody body, CancellationToken ct)
    {
        var validation = InputValidator.Validate(model, body.Input, request.Body);
        List<FieldError> errors = [.. validation.Errors, .. CreateRun.RefuseCallback(callbacks, request.OrgId, body.CallbackUrl)];
        if (errors.Count > 0)
            return Refuse(new CreateRunResult.Invalid(errors));
        if (!model.Enabled)
            return Refuse(CreateRun.Disabled(model));

        var input = validation.Input!;
        var engines = await workers.ReadEnginesAsync(ct);
        var choice = bindings.Choose(model, input.ToRequest(), engines);
        if (choice is not EngineChoice.Bound { EngineId: var engineId })
            return Refuse(CreateRun.Refused(choice, input));

        var admitted = await media.CheckAsync(request.OrgId, input, ct);
        if (admitted.Errors.Count > 0)
            return Refuse(new CreateRunResult.Invalid(admitted.Errors));

        List<string> notes = [.. admitted.Notes, .. input.MediaFields.Select(NoteOf)];
        var forecast = await forecasts.ReadAsync(RunFactory.Draft(request, input, engineId, policy, timeProvider.GetUtcNow()), ct);
        var expansion = PromptToExpand.Of(input, engines.GetValueOrDefault(engineId)) is { } prompt ? expander.Estimate(prompt) : null;
        return new(new RunEstimate(input, engineId, engines.GetValueOrDefault(engineId)?.Version, notes, body.Warnings, forecast) { Expansion = expansion }, null);
    }

    private static string NoteOf(MediaField medium) => medium switch
    {
        { Inline: not null } => $"input.{medium.Field.Name} is inline: it was checked, and a create stores it as an asset.",
        _ when AssetReference.IsAssetReference(medium.Url) => $"input.{medium.Field.Name} is an asset that is there; its content is checked when the run is dispatched.",
        _ => $"input.{medium.Field.Name} was not fetched: whether it can be reached and used is known when the run is dispatched.",
    };

    private static EstimateResult Refuse(CreateRunResult result) => new(null, result);
}
