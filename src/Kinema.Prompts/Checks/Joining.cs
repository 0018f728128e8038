using Kinema.Prompts.Languages;

namespace Kinema.Prompts.Checks;

/// <summary>Puts a sentence after a prompt.</summary>
internal static class Joining
{
    public static string Join(string prompt, string addition, Language language)
    {
        var start = prompt.TrimEnd();
        var isOpen = start.Length == 0 || char.IsLetterOrDigit(start[^1]) || start[^1] is ')' or '"' or '\'' or '”' or '’' or '」' or '》' or ',' or '，';
        return $"{start}{(isOpen ? language.SentenceEnd : "")}{language.Space}{addition.Trim()}";
    }
}
