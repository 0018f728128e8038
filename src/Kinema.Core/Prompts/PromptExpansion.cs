using Kinema.Core.Pricing;

namespace Kinema.Core.Prompts;

/// <summary>What became of a run's prompt before its engine began. Stored with the run once, so that no later attempt pays for it again.</summary>
/// <param name="Text">The expanded prompt; null if it stayed as the caller wrote it.</param>
/// <param name="By">Who expanded it, one of <see cref="PromptExpanders"/>.</param>
public sealed record PromptExpansion(string? Text, string By)
{
    /// <summary>Why less was done than was wanted, one sentence for the caller; null if nothing went wrong.</summary>
    public string? Note { get; init; }

    /// <summary>The language model that was asked, or null.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens that the language model counted, or null.</summary>
    public long? InputTokens { get; init; }

    /// <inheritdoc cref="InputTokens"/>
    public long? OutputTokens { get; init; }

    /// <summary>What the operator pays a provider for it, also for an answer that could not be used.</summary>
    public Money ProviderCost { get; init; }

    /// <summary>Time it took.</summary>
    public long Milliseconds { get; init; }

    /// <summary>Fence of the attempt that it was made in.</summary>
    public long Fence { get; init; }

    /// <summary>A prompt that stays as the caller wrote it.</summary>
    public static PromptExpansion AsAsked(string? note = null) => new(null, PromptExpanders.None) { Note = note };
}
