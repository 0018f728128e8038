using Kinema.Core.Safety;
using Kinema.Safety.Classifiers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Safety.Checks;

/// <summary>Loads the classifier with the server, so that a damaged one is known before the first run.</summary>
internal sealed partial class SafetyStart(ClassifierHolder classifier, IPromptJudge prompts, IOptions<SafetyOptions> options, ILogger<SafetyStart> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Prompts != InputAction.Ignore && !prompts.IsConfigured)
            LogNobodyToAsk();
        try
        {
            classifier.Get();
            LogLoaded(classifier.Facts.Name, classifier.Facts.Digest);
        }
        catch (BrokenClassifierException e)
        {
            LogBroken(options.Value.WhenBroken == BrokenAction.Refuse ? "every run that it covers is refused" : "runs are not checked", e.Message);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(4303, LogLevel.Information, "Safety: runs are checked by {Classifier} (sha256 {Digest})")]
    private partial void LogLoaded(string classifier, string digest);

    [LoggerMessage(4307, LogLevel.Warning, "Safety:Prompts is set, and PromptExpansion:Endpoint is not: prompts are not judged")]
    private partial void LogNobodyToAsk();

    [LoggerMessage(4304, LogLevel.Error, "Safety: the checker does not work, so {Consequence} (Safety:WhenBroken): {Problem}")]
    private partial void LogBroken(string consequence, string problem);
}
