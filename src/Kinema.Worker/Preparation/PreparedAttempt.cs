using Kinema.Core.Prompts;
using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Preparation;

/// <summary>What an engine begins with, or the failure of the run.</summary>
internal sealed record PreparedAttempt(IReadOnlyDictionary<MediaRole, MediaInput> Media, IReadOnlyList<RunInput> Inputs)
{
    public RunFailure? Failure { get; init; }

    /// <summary>What became of the prompt; null where no expansion was wanted.</summary>
    public PromptExpansion? Expansion { get; init; }

    /// <summary>Time of this attempt; nothing if an earlier one did it.</summary>
    public TimeSpan ExpandingTime { get; init; }

    /// <summary>Time that judging the inputs took.</summary>
    public TimeSpan CheckingTime { get; init; }

    public static PreparedAttempt Failed(RunFailure failure) => new(new Dictionary<MediaRole, MediaInput>(), []) { Failure = failure };
}
