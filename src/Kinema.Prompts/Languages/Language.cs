namespace Kinema.Prompts.Languages;

/// <summary>A language that prompts can be expanded in: its words and phrases, from a file.</summary>
internal sealed record Language
{
    public required string Code { get; init; }

    /// <summary>Its name in English.</summary>
    public required string Name { get; init; }

    public required Script Script { get; init; }

    /// <summary>Whether words stand between spaces; else they are looked for anywhere in the text.</summary>
    public required bool IsSpaced { get; init; }

    /// <summary>Words without a meaning of their own: a negation of them rules nothing out.</summary>
    public required IReadOnlyList<string> Function { get; init; }

    /// <summary>Words that tell the language from others of its script.</summary>
    public required IReadOnlyList<string> Common { get; init; }

    /// <summary>Words that negate.</summary>
    public required IReadOnlyList<string> Negations { get; init; }

    /// <summary>Words about the camera.</summary>
    public required IReadOnlyList<string> Camera { get; init; }

    /// <summary>What rules can say of a picture, by facet.</summary>
    public required IReadOnlyDictionary<string, Facet> Facets { get; init; }

    public string SentenceEnd => Script is Script.Han or Script.Kana ? "。" : ".";

    public string Space => Script is Script.Han or Script.Kana ? "" : " ";
}

/// <param name="Spoken">A prompt with one of these words speaks of the facet itself; nothing is added to it then. A word that ends in * stands for all that begin so.</param>
/// <param name="Phrases">A sentence for each value.</param>
internal sealed record Facet(IReadOnlyList<string> Spoken, IReadOnlyDictionary<string, string> Phrases);
