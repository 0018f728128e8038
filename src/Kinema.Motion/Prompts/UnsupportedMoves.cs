using System.Text.RegularExpressions;

namespace Kinema.Motion.Prompts;

/// <summary>Camera moves that this engine does not render. The parser masks them first, so that "whip pan" does not match "pan".</summary>
internal static class UnsupportedMoves
{
    public static IReadOnlyList<(string Name, Regex Pattern)> All { get; } =
    [
        ("whip pan", MovePattern.Compile(@"\b(?:whip ?pan(?:s|ning)?|swish(?: pan(?:s|ning)?)?)(?: (?:to|the|left|right|up|down))*\b|\b(?:(?<=\b(?:camera|shot|view|lens) (?:[a-z]+ly )?)whips?|(?<=\b(?:camera|shot|view|lens) (?:is )?(?:[a-z]+ly )?)whipping|(?<=^(?:[a-z]+ly )?)whip)(?: (?:(?:to|towards?)(?: the)?|left|right|up|down|around|round|back|over|across))+\b|甩镜头?")),
        ("focus pull", MovePattern.Compile(@"\b(?:rack(?:s|ing)? focus|focus pull|pull(?:s|ing)? focus|shallow depth of field)\b|变焦点|浅景深")),
    ];
}
