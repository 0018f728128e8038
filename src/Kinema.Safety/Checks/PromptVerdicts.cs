using System.Security.Cryptography;
using System.Text;
using Kinema.Core.Safety;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Safety.Checks;

/// <summary>Judges prompts by whoever can be asked, and remembers the last answers: the create and each attempt ask for the same prompt.</summary>
internal sealed partial class PromptVerdicts(IPromptJudge judge, IOptions<SafetyOptions> options, TimeProvider timeProvider, ILogger<PromptVerdicts> log)
{
    private readonly Remembered<bool> _answers = new();

    public async Task<SafetyVerdict> JudgeAsync(SafetySubject subject, string? prompt, CancellationToken ct)
    {
        if (options.Value.Prompts == InputAction.Ignore || !judge.IsConfigured || string.IsNullOrWhiteSpace(prompt))
            return SafetyVerdict.NotJudged;

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prompt)));
        if ((_answers.TryFind(digest, out var known) ? known : await AskAsync(prompt, ct).ConfigureAwait(false)) is not { } isUnsafe)
        {
            var isRefused = options.Value.WhenBroken == BrokenAction.Refuse;
            LogUnanswered(subject.RunId, isRefused ? "refused" : "not checked");
            return SafetyVerdict.Broken(isRefused);
        }

        _answers.Keep(digest, isUnsafe);
        if (!isUnsafe)
            return SafetyVerdict.Cleared;
        LogUnsafe(subject.RunId, options.Value.Prompts);
        return SafetyVerdict.Of(options.Value.Prompts == InputAction.Refuse ? SafetyAction.Refuse : SafetyAction.Flag);
    }

    private async Task<bool?> AskAsync(string prompt, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            return await judge.IsUnsafeAsync(prompt, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    [LoggerMessage(4305, LogLevel.Information, "Safety: the prompt of run {RunId} is unsafe: {Action}")]
    private partial void LogUnsafe(Guid? runId, InputAction action);

    [LoggerMessage(4306, LogLevel.Error, "Safety: nobody answered whether the prompt of run {RunId} is unsafe; it was {Consequence} (Safety:WhenBroken)")]
    private partial void LogUnanswered(Guid? runId, string consequence);
}
