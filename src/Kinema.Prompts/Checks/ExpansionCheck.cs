using Kinema.Motion.Prompts;
using Kinema.Prompts.Languages;

namespace Kinema.Prompts.Checks;

/// <summary>
/// Verifies an addition to a prompt, whoever wrote it: the expanded prompt must ask for the same camera, in the same language, and contradict nothing that the prompt
/// rules out.
/// </summary>
internal sealed class ExpansionCheck(LanguageTable languages)
{
    private const string Forbidden = "{}<>[]|\\`^~#@*_=\"";

    /// <param name="prompt">As the caller wrote it.</param>
    /// <param name="negativePrompt">What must not be there, or null.</param>
    /// <param name="addition">Text that would stand after the prompt.</param>
    /// <param name="expanded">Both together.</param>
    /// <param name="language">The prompt's language.</param>
    /// <returns>What is wrong, to follow "the addition"; null if nothing is.</returns>
    public string? FindProblem(string prompt, string? negativePrompt, string addition, string expanded, Vocabulary language)
    {
        if (addition.Any(c => char.IsControl(c) || Forbidden.Contains(c, StringComparison.Ordinal)) || addition.Contains("://", StringComparison.Ordinal))
            return "has characters that prompts do not need";
        if (!expanded.StartsWith(prompt.TrimEnd(), StringComparison.Ordinal))
            return "changes the prompt itself";
        if (!IsIn(addition, language))
            return $"is not in the prompt's language ({language.Language.Name})";
        if (language.MentionsCamera(addition) || CameraRequest.IsIn(addition) || CameraRequest.Describe(prompt, negativePrompt) != CameraRequest.Describe(expanded, negativePrompt))
            return "changes what is asked of the camera";
        if (language.Negates(addition))
            return "rules something out";

        return RuledOut.In(prompt, negativePrompt, language).FindIn(addition) is { } word ? $"speaks of \"{word}\", which the prompt rules out" : null;
    }

    private bool IsIn(string addition, Vocabulary language) => languages.Detect(addition)?.Language == language.Language;
}
