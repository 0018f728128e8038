using System.Text;

namespace Kinema.Wan.Text;

/// <summary>Cleans a prompt as Wan's pipelines do before tokenization: repairs mojibake, decodes HTML entities twice, collapses white space.</summary>
internal static class PromptCleaner
{
    /// <summary>Characters that Python's <c>strip</c> removes besides white space.</summary>
    private const string Separators = "\u001C\u001D\u001E\u001F";

    public static string Clean(string text) => CleanWithoutRepair(MojibakeRepair.Repair(text));

    /// <summary>Cleans without the mojibake repair.</summary>
    public static string CleanWithoutRepair(string text) => Collapse(HtmlEntities.Unescape(HtmlEntities.Unescape(text)));

    private static string Collapse(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var character in Strip(text))
        {
            var space = char.IsWhiteSpace(character);
            if (!space)
                result.Append(character);
            else if (result.Length == 0 || result[^1] != ' ')
                result.Append(' ');
        }

        return Strip(result.ToString()).ToString();
    }

    private static ReadOnlySpan<char> Strip(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsStripped(text[start]))
            start++;
        while (end > start && IsStripped(text[end - 1]))
            end--;
        return text.AsSpan(start, end - start);
    }

    private static bool IsStripped(char character) => char.IsWhiteSpace(character) || Separators.Contains(character);
}
