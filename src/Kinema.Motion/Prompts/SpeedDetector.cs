using System.Text.RegularExpressions;

namespace Kinema.Motion.Prompts;

/// <summary>Finds how fast a move is wished; a text is searched once, however many moves it names.</summary>
internal sealed class SpeedDetector
{
    private static readonly Regex _slowMotion = MovePattern.Compile(@"\bslow ?(?:motion|mo)\b|慢动作");
    private static readonly Regex _slow = MovePattern.Compile(@"\b(?:slow|slowly|gentle|gently|subtle|subtly|slight|slightly|minimal|minimally|barely|very little|gradual|gradually|softly|leisurely)\b|缓慢|缓缓|慢慢|轻轻|徐徐|慢速|轻微|微微|稍微|略微|轻柔|逐渐|渐渐|逐步|[慢缓](?=[推拉摇移])");
    private static readonly Regex _fast = MovePattern.Compile(@"\b(?:fast|quick|quickly|rapid|rapidly|swift|swiftly|sudden|suddenly|crash)\b|快速|迅速|急速|飞快|[快急猛](?=[推拉摇移])");

    private readonly int[] _slowAt;
    private readonly int[] _fastAt;

    public SpeedDetector(string text)
    {
        text = _slowMotion.Replace(text, match => new string('#', match.Length));
        (_slowAt, _fastAt) = (Places(_slow, text), Places(_fast, text));
    }

    public static Speed In(string text) => new SpeedDetector(text).Near(0);

    /// <summary>Of several, the one that stands nearest to the move: "slowly pan left and quickly zoom in".</summary>
    public Speed Near(int place)
    {
        var (slow, fast) = (Distance(_slowAt, place), Distance(_fastAt, place));
        return slow == int.MaxValue && fast == int.MaxValue ? Speed.Normal : slow <= fast ? Speed.Slow : Speed.Fast;
    }

    private static int[] Places(Regex words, string text) => [.. words.Matches(text).Select(match => match.Index)];

    private static int Distance(int[] places, int place) => places.Select(other => Math.Abs(other - place)).DefaultIfEmpty(int.MaxValue).Min();
}
