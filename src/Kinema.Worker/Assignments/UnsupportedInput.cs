using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Assignments;

/// <summary>The failure of a run whose engine does not support it after its media have been seen.</summary>
internal static class UnsupportedInput
{
    public static AttemptOutcome.Failed Of(ValidatedInput input, EngineSupport support)
    {
        var field = input.MediaFields.FirstOrDefault(f => f.Role == support.Role)?.Field.Name;
        return new(field is null
            ? new RunFailure(FailureCodes.EngineFailed, support.Reason!, FailureStages.Dispatch)
            : new RunFailure(FailureCodes.InputMediaInvalid, $"input.{field}: {support.Reason}", FailureStages.Preprocess));
    }
}
