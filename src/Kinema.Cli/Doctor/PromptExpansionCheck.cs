using Kinema.Server.Prompts;

namespace Kinema.Cli.Doctor;

/// <summary>How prompts are expanded.</summary>
internal static class PromptExpansionCheck
{
    public static async Task<Finding> ExamineAsync(IServiceProvider services, CancellationToken ct)
    {
        var (how, problem) = await ExamineExpansion.HandleAsync(services, ct);
        return problem is null
            ? Finding.Ok("prompts", $"expanded {how}")
            : Finding.Warning("prompts", $"expanded {how}; {problem}", "Runs go on: what the endpoint does not expand, the rules do. See docs/prompt-expansion.md.");
    }
}
