using Kinema.Core.Pricing;

namespace Kinema.Core.Runs;

/// <summary>What the operator pays a provider for an attempt; a ledger line of its own that the caller is not charged.</summary>
/// <param name="Item">What it was paid for, for example <see cref="PromptExpansion"/>; one line of each for an attempt.</param>
/// <param name="Amount">More than 0.</param>
public sealed record ProviderCost(string Item, Money Amount)
{
    public const string PromptExpansion = "prompt_expansion";
    public const string SafetyCheck = "safety_check";
}
