namespace Kinema.Core.Prompts;

/// <summary>Expands nothing: for hosts that add no expander.</summary>
public sealed class PromptsAsAsked : IPromptExpander
{
    public PromptExpansionEstimate Estimate(PromptToExpand prompt) => new(PromptExpanders.None, default);

    public Task<PromptExpansion> ExpandAsync(PromptToExpand prompt, TimeSpan limit, CancellationToken cancellationToken) => Task.FromResult(PromptExpansion.AsAsked());
}
