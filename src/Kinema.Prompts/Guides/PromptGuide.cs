namespace Kinema.Prompts.Guides;

/// <summary>How prompts are written for an engine, from a file.</summary>
/// <param name="Name">As engines name it.</param>
/// <param name="Sources">Where the advice was published.</param>
/// <param name="Facets">What the rules may add, in this order.</param>
/// <param name="EnoughCharacters">A prompt of this length is detailed enough: the rules add nothing to it.</param>
/// <param name="Advice">For a language model, one sentence each.</param>
internal sealed record PromptGuide(string Name, IReadOnlyList<string> Sources, IReadOnlyList<string> Facets, int EnoughCharacters, IReadOnlyList<string> Advice);
