using Kinema.Core.Catalog;
using Kinema.Core.Prompts;
using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>What a create request would get, without making it.</summary>
/// <param name="Input">The input with defaults. A seed that the caller did not give is drawn at create.</param>
/// <param name="EngineId">The engine that the run would be pinned to.</param>
/// <param name="EngineVersion">Its version, or null while no worker offers it.</param>
/// <param name="Notes">What would be done with the input that its values do not say.</param>
/// <param name="Warnings">Members of the request that would be ignored.</param>
/// <param name="Forecast">Waiting and running time by what was measured.</param>
public sealed record RunEstimate(
    ValidatedInput Input, string EngineId, string? EngineVersion, IReadOnlyList<string> Notes, IReadOnlyList<FieldError> Warnings, RunForecast Forecast)
{
    /// <summary>Who would expand the prompt, and what that costs the operator; null where no expansion is wanted.</summary>
    public PromptExpansionEstimate? Expansion { get; init; }
}

/// <summary>Either an estimate or the result that a create would have.</summary>
public sealed record EstimateResult(RunEstimate? Estimate, CreateRunResult? Refusal);
