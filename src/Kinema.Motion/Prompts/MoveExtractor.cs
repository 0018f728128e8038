using System.Text.RegularExpressions;

namespace Kinema.Motion.Prompts;

/// <summary>Extracts moves from the clauses of a prompt in order. Earlier clauses decide whether an ambiguous term refers to the camera.</summary>
internal sealed class MoveExtractor
{
    private static readonly MovePattern[] _patterns = [.. EnglishMovePatterns.All, .. ChineseMovePatterns.All];

    /// <summary>"Pan left, then right": a direction alone continues the previous move.</summary>
    private static readonly Regex _directionAlone = MovePattern.Compile(@"^(?:back )?(?:to(?:wards?)? )?(?:the )?(left|right|up|down|in|out)(?: again| [a-z]+ly)?$");

    /// <summary>
    /// "Pan left and up to the tower", normalized to "pan left while up to the tower": the words after the direction do not describe the camera.
    /// </summary>
    private static readonly Regex _directionFirst = MovePattern.Compile(@"^(left|right|up|down)\b");

    private static readonly Regex _not = MovePattern.Compile(@"\b(?:no|not|never|without|zero)\b|n't\b|[不无没]");

    private readonly HashSet<Move> _ruledOut = [];
    private readonly SortedSet<string> _unsupported = new(StringComparer.Ordinal);
    private bool _cameraMentionedBefore;
    private bool _moveFoundBefore;
    private Move? _lastMove;

    public IReadOnlyCollection<Move> RuledOut => _ruledOut;

    public IReadOnlyCollection<string> Unsupported => _unsupported;

    public IReadOnlyList<RequestedMove> Extract(PromptClause clause)
    {
        List<RequestedMove> found = [];
        var speeds = new SpeedDetector(clause.Text);
        var text = MaskUnsupported(clause);
        foreach (var pattern in _patterns)
            text = pattern.Pattern.Replace(text, match => Consume(clause, pattern, match, speeds, found));
        var continuation = clause.Connective == ClauseConnective.Simultaneous && _moveFoundBefore ? _directionFirst : _directionAlone;
        if (found.Count == 0 && _lastMove is { } last && clause.NegationStart == clause.Text.Length
            && continuation.Match(clause.Text) is { Success: true } direction && ContinueInDirection(last, direction.Groups[1].Value) is { } move)
            found.Add(new(move, SpeedDetector.Detect(clause.Text), 0, IsUndirected: false, IsViewpoint: false));

        // A term with a direction replaces one without, wherever they stand: "a lateral slide to the right".
        found.RemoveAll(
            one => one.IsUndirected && found.Any(other => !other.IsUndirected && (other.Move == one.Move || other.Move == one.Move.Opposite())));
        found.Sort((one, other) => one.Position.CompareTo(other.Position));
        _moveFoundBefore = found.Count > 0;
        _cameraMentionedBefore = found.Count > 0 || clause.MentionsCamera || (_cameraMentionedBefore && clause.IsMannerOnly);
        _lastMove = found.Count > 0 ? found[^1].Move : clause.StartsSentence && !clause.IsMannerOnly ? null : _lastMove;
        return found;
    }

    private string Consume(PromptClause clause, MovePattern pattern, Match match, SpeedDetector speeds, List<RequestedMove> found)
    {
        // The pattern for "the camera does not move" includes the negation.
        var negated = match.Index >= clause.NegationStart
            && (pattern.Moves[0] != Move.Static || clause.NegationStart == 0)
            && !(pattern.Moves[0] == Move.Static && ContainsNegation(match.Value));
        if (negated)
            _ruledOut.UnionWith(pattern.Moves);
        else if (pattern.OnlyWhenNegated
            || (pattern.NeedsCameraContext && !clause.RefersToCamera(match.Index, match.Index + match.Length, _cameraMentionedBefore)))
            return match.Value;
        else
            found.Add(new(pattern.Moves[0], speeds.Nearest(match.Index), match.Index, pattern.Moves.Count > 1, pattern.IsViewpoint));
        return new string('#', match.Length);
    }

    private string MaskUnsupported(PromptClause clause)
    {
        var text = clause.Text;
        foreach (var (name, pattern) in UnsupportedMoves.All)
        {
            text = pattern.Replace(text, match =>
            {
                if (match.Index < clause.NegationStart)
                    _unsupported.Add(name);
                return new string('#', match.Length);
            });
        }

        return text;
    }

    private static Move? ContinueInDirection(Move last, string direction)
    {
        Move[] family = last switch
        {
            Move.PanLeft or Move.PanRight or Move.TiltUp or Move.TiltDown => [Move.PanLeft, Move.PanRight, Move.TiltUp, Move.TiltDown],
            Move.TruckLeft or Move.TruckRight or Move.PedestalUp or Move.PedestalDown => [Move.TruckLeft, Move.TruckRight, Move.PedestalUp, Move.PedestalDown],
            Move.PushIn or Move.PullOut or Move.CraneUp or Move.CraneDown =>
                [last, last.Opposite(), Move.TruckLeft, Move.TruckRight, Move.PedestalUp, Move.PedestalDown],
            _ => [last, last.Opposite()],
        };
        return family.Where(move => move.Direction() == direction).Select(move => (Move?)move).FirstOrDefault();
    }

    private static bool ContainsNegation(string pattern) => _not.IsMatch(pattern);
}
