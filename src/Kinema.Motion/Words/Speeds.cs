using System.Text.RegularExpressions;

namespace Kinema.Motion.Words;

/// <summary>Finds how fast a move is wished.</summary>
internal static class Speeds
{
    private static readonly Regex _slowMotion = Term.Compile(@"\bslow ?(?:motion|mo)\b|慢动作");
    private static readonly Regex _slow = Term.Compile(@"\b(?:slow|slowly|gentle|gently|subtle|subtly|gradual|gradually|softly|leisurely)\b|缓慢|缓缓|慢慢|轻轻|徐徐|慢速");
    private static readonly Regex _fast = Term.Compile(@"\b(?:fast|quick|quickly|rapid|rapidly|swift|swiftly)\b|快速|迅速|急速|飞快");

    public static Speed In(string text) => Near(text, 0);

    /// <summary>Of several, the one that stands nearest to the move: "slowly pan left and quickly zoom in".</summary>
    public static Speed Near(string text, int place)
    {
        text = _slowMotion.Replace(text, match => new string('#', match.Length));
        var slow = Distance(_slow, text, place);
        var fast = Distance(_fast, text, place);
        return slow == int.MaxValue && fast == int.MaxValue ? Speed.Normal : slow <= fast ? Speed.Slow : Speed.Fast;
    }

    private static int Distance(Regex words, string text, int place) =>
        words.Matches(text).Select(match => Math.Abs(match.Index - place)).DefaultIfEmpty(int.MaxValue).Min();
}
