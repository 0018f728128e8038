using Kinema.Core.Pricing;

namespace Kinema.Core.Prompts;

/// <param name="By">Who would expand the prompt, one of <see cref="PromptExpanders"/>.</param>
/// <param name="ProviderCostAtMost">What the operator would pay a provider for it at most. The run's price does not contain it.</param>
public sealed record PromptExpansionEstimate(string By, Money ProviderCostAtMost);
