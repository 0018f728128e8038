namespace Kinema.Core.Prompts;

/// <summary>Writes a prompt in more detail before an engine begins. Runs on the server, never in a remote worker.</summary>
public interface IPromptExpander
{
    /// <summary>What <see cref="ExpandAsync"/> would do and cost, without doing it.</summary>
    PromptExpansionEstimate Estimate(PromptToExpand prompt);

    /// <summary>Expands a prompt. Whatever goes wrong is said in the result, which then has less or nothing added: a run never fails by its expansion.</summary>
    /// <param name="prompt">The prompt, and what is known of what it is for.</param>
    /// <param name="limit">The longest time that it may take.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<PromptExpansion> ExpandAsync(PromptToExpand prompt, TimeSpan limit, CancellationToken cancellationToken);
}
