using System.Text.RegularExpressions;

namespace Kinema.Motion.Prompts;

/// <summary>Finds the requested speed of moves. Searches a text once for any number of moves.</summary>
internal sealed class SpeedDetector
{
    private static readonly Regex _slowMotion = MovePattern.Compile(@"\bslow ?(?:motion|mo)\b|慢动作");
    private static readonly Regex _slow = MovePattern.Compile(@"\b(?:slow|slowly|gentle|gently|subtle|subtly|slight|slightly|minimal|minimally|barely|very little|gradual|gradually|softly|leisurely)\b|缓慢|缓缓|慢慢|轻轻|徐徐|慢速|轻微|微微|稍微|略微|轻柔|逐渐|渐渐|逐步|[慢缓](?=[推拉摇移])");
    private static readonly Regex _fast = MovePattern.Compile(@"\b(?:fast|quick|quickly|rapid|rapidly|swift|swiftly|sudden|suddenly|crash)\b|快速|迅速|急速|飞快|[快急猛](?=[推拉摇移])");

    private readonly int[] _slowPositions;
    private readonly int[] _fastPositions;

    public SpeedDetector(string text)
    {
        text = _slowMotion.Replace(text, match => new string('#', match.Length));
        (_slowPositions, _fastPositions) = (Positions(_slow, text), Positions(_fast, text));
    }

    public static Speed Detect(string text) => new SpeedDetector(text).Nearest(0);

    /// <summary>Returns the speed word nearest to a move: "slowly pan left and quickly zoom in".</summary>
    public Speed Nearest(int position)
    {
        var (slow, fast) = (Distance(_slowPositions, position), Distance(_fastPositions, position));
        return slow == int.MaxValue && fast == int.MaxValue ? Speed.Normal : slow <= fast ? Speed.Slow : Speed.Fast;
    }

    private static int[] Positions(Regex words, string text) => [.. words.Matches(text).Select(match => match.Index)];

    private static int Distance(int[] positions, int position) => positions.Select(other => Math.Abs(other - position)).DefaultIfEmpty(int.MaxValue).Min();
}
