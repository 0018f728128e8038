using System.Text.Json;

namespace Kinema.Prompts.Languages;

/// <summary>The languages of this program: those that prompts are expanded in, and others only so that they are not taken for one of them.</summary>
internal sealed class LanguageTable
{
    private const string Prefix = "language-";
    private readonly Dictionary<Script, List<Vocabulary>> _byScript;

    public LanguageTable()
    {
        var assembly = typeof(LanguageTable).Assembly;
        var languages = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize(file, PromptsJson.Default.Language)!;
        }).ToList();
        All = [.. languages.Where(language => language.Facets.Count > 0)];
        _byScript = languages.GroupBy(language => language.Script).ToDictionary(group => group.Key, group => group.Select(language => new Vocabulary(language)).ToList());
    }

    /// <summary>Those that prompts are expanded in.</summary>
    public IReadOnlyList<Language> All { get; }

    /// <returns>Null for a language that prompts are not expanded in, and where it is not sure.</returns>
    public Vocabulary? Detect(string text)
    {
        if (!_byScript.TryGetValue(Scripts.Of(text), out var candidates))
            return null;

        var words = Words.Of(text);
        var scores = candidates.Select(candidate => (Candidate: candidate, Score: candidate.CountCommon(text, words))).OrderByDescending(scored => scored.Score).ToList();
        var isSure = scores.Count == 1 || scores[0].Score > scores[1].Score;
        return isSure && scores[0].Candidate.Language.Facets.Count > 0 ? scores[0].Candidate : null;
    }
}
