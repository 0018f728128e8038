using Kinema.Prompts.Languages;

namespace Kinema.Prompts.Checks;

/// <summary>What a prompt and a negative prompt rule out. Wider than meant: too little said does no harm, a contradiction does.</summary>
internal sealed class RuledOut
{
    private static readonly char[] _clauseEnds = [',', '.', ';', ':', '!', '?', '\n', '(', ')', '，', '。', '；', '：', '！', '？', '、', '–', '—'];

    private readonly Vocabulary _language;
    private readonly HashSet<string> _terms = [];

    private RuledOut(Vocabulary language) => _language = language;

    public static RuledOut In(string prompt, string? negativePrompt, Vocabulary language)
    {
        var ruledOut = new RuledOut(language);
        foreach (var clause in prompt.Split(_clauseEnds).Where(language.Negates))
            ruledOut.Add(clause);
        foreach (var clause in (negativePrompt ?? "").Split(_clauseEnds))
            ruledOut.Add(clause);
        return ruledOut;
    }

    /// <returns>The first word of the text that is ruled out, or null.</returns>
    public string? FindIn(string text) => _language.Language.IsSpaced
        ? Words.Of(text).FirstOrDefault(word => _terms.Any(term => Words.AreRelated(word, term)))
        : _terms.FirstOrDefault(term => text.Contains(term, StringComparison.Ordinal));

    private void Add(string clause)
    {
        if (_language.Language.IsSpaced)
        {
            _terms.UnionWith(Words.Of(clause).Where(_language.HasMeaning));
            return;
        }

        foreach (var negation in _language.Language.Negations)
            clause = clause.Replace(negation, " ", StringComparison.Ordinal);
        foreach (var run in clause.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (run.Length == 1)
                _terms.Add(run);
            for (var i = 0; i + 2 <= run.Length; i++)
                _terms.Add(run.Substring(i, 2));
        }
    }
}
