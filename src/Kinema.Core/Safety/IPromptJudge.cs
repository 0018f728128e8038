namespace Kinema.Core.Safety;

/// <summary>Asks the operator's language model whether a prompt asks for something that is not allowed. It says what it found; what follows is the checker's matter.</summary>
public interface IPromptJudge
{
    /// <summary>Whether there is a language model to ask.</summary>
    bool IsConfigured { get; }

    /// <returns>Whether the prompt is unsafe; null if no answer could be had.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<bool?> IsUnsafeAsync(string prompt, CancellationToken ct);
}

/// <summary>Nobody to ask: hosts without a language model.</summary>
public sealed class NoPromptJudge : IPromptJudge
{
    public bool IsConfigured => false;

    public Task<bool?> IsUnsafeAsync(string prompt, CancellationToken ct) => Task.FromResult<bool?>(null);
}
