namespace Kinema.Prompts.Languages;

/// <summary>Words of a text: runs of letters, lower case, apostrophes within them.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Of(string text)
    {
        List<string> words = [];
        var lower = text.ToLowerInvariant().Replace('’', '\'');
        var start = -1;
        for (var i = 0; i <= lower.Length; i++)
        {
            var isInside = i < lower.Length && (char.IsLetter(lower[i]) || char.IsSurrogate(lower[i]) || (lower[i] == '\'' && start >= 0));
            if (isInside && start < 0)
                start = i;
            if (!isInside && start >= 0)
            {
                words.Add(lower[start..i].TrimEnd('\''));
                start = -1;
            }
        }

        return words;
    }

    /// <summary>Whether two words are forms of one, as "walk" and "walking" are.</summary>
    public static bool AreRelated(string a, string b)
    {
        var shared = 0;
        while (shared < a.Length && shared < b.Length && a[shared] == b[shared])
            shared++;
        var shorter = Math.Min(a.Length, b.Length);
        return shared >= 5 || (shared == shorter && shorter >= 3 && Math.Abs(a.Length - b.Length) <= 3) || (a.Length == b.Length && shared == shorter);
    }
}
