namespace Kinema.Prompts.Languages;

/// <summary>Finds the script of a text.</summary>
internal static class Scripts
{
    /// <summary>Another script with more than this share of the letters makes a text mixed.</summary>
    private const double MixedShare = 0.25;

    /// <summary>A character of Chinese says as much as a few letters.</summary>
    private const int HanWeight = 3;

    /// <returns><see cref="Script.None"/> for a text without letters or of several scripts. Han with kana is Japanese: <see cref="Script.Kana"/>.</returns>
    public static Script Of(string text)
    {
        var counts = new int[Enum.GetValues<Script>().Length];
        foreach (var rune in text.EnumerateRunes())
        {
            var script = Of(rune.Value);
            counts[(int)script] += script is Script.Han or Script.Kana or Script.Hangul ? HanWeight : 1;
        }

        counts[(int)Script.None] = 0;
        if (counts[(int)Script.Kana] > 0)
        {
            counts[(int)Script.Kana] += counts[(int)Script.Han];
            counts[(int)Script.Han] = 0;
        }

        var (most, all) = (counts.Max(), counts.Sum());
        return all == 0 || most < all * (1 - MixedShare) ? Script.None : (Script)Array.IndexOf(counts, most);
    }

    private static Script Of(int code) => code switch
    {
        >= 'a' and <= 'z' or >= 'A' and <= 'Z' or (>= 0xC0 and <= 0x24F and not (0xD7 or 0xF7)) or (>= 0x1E00 and <= 0x1EFF) => Script.Latin,
        >= 0x400 and <= 0x52F => Script.Cyrillic,
        (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) => Script.Han,
        >= 0x3041 and <= 0x30FF => Script.Kana,
        (>= 0xAC00 and <= 0xD7AF) or (>= 0x1100 and <= 0x11FF) => Script.Hangul,
        _ => code > 0x24F && System.Text.Rune.IsLetter(new System.Text.Rune(code)) ? Script.Other : Script.None,
    };
}
