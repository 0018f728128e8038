using Kinema.Core.Runs;
using Kinema.Playground.Components;

namespace Kinema.Playground.Runs.List;

/// <summary>A run as a row of the list.</summary>
/// <param name="Run">The run.</param>
/// <param name="ModelName">Its model's name; the path of one that is no longer in the catalogue.</param>
/// <param name="Prompt">Its prompt; null if it has none.</param>
/// <param name="Poster">Address of a picture of its video; null if there is none.</param>
public sealed record RunRow(Run Run, string ModelName, string? Prompt, string? Poster)
{
    private const int LongestPrompt = 90;

    public bool IsUnfinished => !Run.Status.IsTerminal();

    /// <summary>Whether there is a video to compare.</summary>
    public bool IsComparable => Run.Status == RunStatus.Succeeded;

    public string Duration => Run.DurationMs is { } ms ? Words.Duration(TimeSpan.FromMilliseconds(ms)) : "";

    public string Cost => Run.Cost is { } cost ? $"${cost}" : "";

    /// <summary>The prompt's beginning, or what else names the run.</summary>
    public string Name { get; } = Prompt is null ? Run.ClientRef ?? $"Run {Run.Id}" : Cut(Prompt);

    /// <summary>Cut between words, or else between characters.</summary>
    private static string Cut(string text)
    {
        if (text.Length <= LongestPrompt)
            return text;

        var end = text.LastIndexOf(' ', LongestPrompt - 1) is > LongestPrompt / 2 and var space ? space
            : char.IsHighSurrogate(text[LongestPrompt - 1]) ? LongestPrompt - 1
            : LongestPrompt;
        return text[..end].TrimEnd() + " …";
    }
}
