using Kinema.Core.Prompts;
using Kinema.Engines;
using Kinema.Prompts.Checks;
using Kinema.Prompts.Guides;
using Kinema.Prompts.Languages;
using Kinema.Prompts.Pictures;
using Kinema.Prompts.Rules;

namespace Kinema.Prompts.Tests;

/// <summary>What the tests of this project share.</summary>
internal static class Support
{
    public static LanguageTable Languages { get; } = new();

    public static PromptGuides Guides { get; } = new();

    public static ExpansionCheck Check { get; } = new(Languages);

    public static RuleExpander Rules { get; } = new(Check);

    /// <summary>Every value of every facet at least once.</summary>
    public static IReadOnlyList<PictureTraits> Pictures { get; } =
    [
        new("close", "dark", "monochrome"), new("wide", "bright", "warm"), new("close", "hard", "cool"), new("wide", "soft", "vivid"), new(null, null, "muted"),
    ];

    /// <summary>Language and prompt of each line of <c>everyday.tsv</c>.</summary>
    public static IReadOnlyList<(string Code, string Prompt)> Everyday { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "everyday.tsv")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).Select(parts => (parts[0], parts[1]))];

    /// <summary>Prompts about the camera, from the tests of Motion.</summary>
    public static IReadOnlyList<string> CameraPrompts { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "camera.tsv")).Where(line => line.Length > 0 && line[0] != '#')];

    public static PromptToExpand Prompt(string text, string? negative = null, int maxCharacters = 5000) =>
        new(text, null, maxCharacters, 5, new Dictionary<MediaRole, MediaInput>()) { NegativePrompt = negative };

    public static string? Expand(string text, PictureTraits picture, string? negative = null) =>
        Languages.Detect(text) is { } language ? Rules.Expand(Prompt(text, negative), language, Guides.Find("wan"), picture) : null;
}
