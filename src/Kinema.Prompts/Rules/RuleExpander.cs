using Kinema.Core.Prompts;
using Kinema.Prompts.Checks;
using Kinema.Prompts.Guides;
using Kinema.Prompts.Languages;
using Kinema.Prompts.Pictures;

namespace Kinema.Prompts.Rules;

/// <summary>Adds what the picture shows and the prompt does not speak of: framing, light and colours, in the prompt's language.</summary>
internal sealed class RuleExpander(ExpansionCheck check)
{
    /// <returns>The expanded prompt; null if there is nothing to add.</returns>
    public string? Expand(PromptToExpand prompt, Vocabulary language, PromptGuide guide, PictureTraits picture)
    {
        if (prompt.Prompt.Length >= guide.EnoughCharacters)
            return null;

        List<string> phrases = [.. guide.Facets.Select(name => PhraseOf(name, prompt, language, picture)).OfType<string>()];
        if (phrases.Count == 0)
            return null;

        // Verifying costs most, so all are tried together first.
        var added = string.Join(language.Language.Space, phrases);
        if (!IsUsable(prompt, added, language))
        {
            added = "";
            foreach (var phrase in phrases)
            {
                var longer = added.Length == 0 ? phrase : $"{added}{language.Language.Space}{phrase}";
                if (IsUsable(prompt, longer, language))
                    added = longer;
            }
        }

        return added.Length == 0 ? null : Joining.Join(prompt.Prompt, added, language.Language);
    }

    /// <returns>What the picture shows of a facet that the prompt does not speak of; else null.</returns>
    private static string? PhraseOf(string name, PromptToExpand prompt, Vocabulary language, PictureTraits picture) =>
        picture.Of(name) is { } value && language.Language.Facets.GetValueOrDefault(name) is { } facet && !language.SpeaksOf(prompt.Prompt, facet)
            ? facet.Phrases.GetValueOrDefault(value)
            : null;

    private bool IsUsable(PromptToExpand prompt, string addition, Vocabulary language)
    {
        var expanded = Joining.Join(prompt.Prompt, addition, language.Language);
        return expanded.Length <= prompt.MaxCharacters && check.FindProblem(prompt.Prompt, prompt.NegativePrompt, addition, expanded, language) is null;
    }
}
