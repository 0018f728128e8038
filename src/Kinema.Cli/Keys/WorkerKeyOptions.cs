using System.CommandLine;
using System.CommandLine.Parsing;
using Kinema.Core.Keys;

namespace Kinema.Cli.Keys;

/// <summary>The part of <c>kinema keys create</c> that makes a key for workers, and what does not go with it.</summary>
internal sealed class WorkerKeyOptions(Option<string> name, params IReadOnlyList<Option> ofApiKeys)
{
    public Option<bool> IsWorker { get; } = new("--worker") { Description = "Makes a worker key instead: for `kinema worker` on this machine or another." };

    public Option<string[]> Engines { get; } = new("--engine")
    {
        HelpName = "ID",
        Description = "With --worker: an engine that its workers may offer; may be repeated.",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Checks the options together. Those that were not given have no value yet, not even their default.</summary>
    public void Check(CommandResult result)
    {
        if (!result.GetValue(IsWorker))
        {
            if (IsGiven(result, Engines))
                result.AddError("--engine goes with --worker: only a worker key names engines.");
            return;
        }

        if (ofApiKeys.FirstOrDefault(option => IsGiven(result, option)) is { Name: var apart })
            result.AddError($"--worker takes no {apart}: a worker key is the operator's and opens nothing but the worker protocol.");
        else if (new NewWorkerKey(result.GetValue(name) ?? CreateKey.DefaultName, result.GetValue(Engines) ?? [], null).FindProblem() is { } problem)
            result.AddError($"--{problem}.");
    }

    public NewWorkerKey Read(ParseResult parsed, DateTimeOffset? expiresAt) => new(parsed.GetRequiredValue(name), parsed.GetRequiredValue(Engines), expiresAt);

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
