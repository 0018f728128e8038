namespace Kinema.Prompts.Languages;

/// <summary>A language's words, made ready to be looked for.</summary>
internal sealed class Vocabulary(Language language)
{
    private readonly HashSet<string> _common = [.. language.Common];
    private readonly HashSet<string> _function = [.. language.Function, .. language.Negations];

    public Language Language => language;

    public int CountCommon(string text, IReadOnlyList<string> words) =>
        language.IsSpaced ? words.Count(_common.Contains) : language.Common.Count(word => text.Contains(word, StringComparison.Ordinal));

    /// <summary>Whether a word has a meaning that can be ruled out.</summary>
    public bool HasMeaning(string word) => word.Length >= 3 && !_function.Contains(word);

    public bool Negates(string text) => Has(text, language.Negations);

    public bool MentionsCamera(string text) => Has(text, language.Camera);

    public bool SpeaksOf(string text, Facet facet) => Has(text, facet.Spoken);

    /// <summary>Whether a text has one of the words. One that ends in * stands for all that begin so.</summary>
    private bool Has(string text, IReadOnlyList<string> wanted)
    {
        if (!language.IsSpaced)
            return wanted.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

        var words = Words.Of(text);
        return wanted.Any(word => word.EndsWith('*')
            ? words.Any(found => found.StartsWith(word.AsSpan(0, word.Length - 1), StringComparison.Ordinal))
            : words.Contains(word));
    }
}
