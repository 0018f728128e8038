using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Worker.Assignments;

/// <summary>Reads the stored input of a run by the manifest of its model.</summary>
internal static class RunInputReader
{
    /// <returns>Null if the model is gone or no longer accepts the input.</returns>
    public static ValidatedInput? Read(ICatalog catalog, Run run)
    {
        if (catalog.Find(run.ModelId) is not { } model)
            return null;

        using var json = JsonDocument.Parse(run.EffectiveInputJson);
        return InputValidator.Validate(model, json.RootElement).Input;
    }

    public static AttemptOutcome.Failed NoLongerAccepted(Run run) =>
        new(new RunFailure(FailureCodes.EngineFailed, $"The model '{run.ModelSlug}' no longer accepts what this run asks for.", FailureStages.Dispatch));
}
