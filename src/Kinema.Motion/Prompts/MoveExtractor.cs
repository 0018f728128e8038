using System.Text.RegularExpressions;

namespace Kinema.Motion.Prompts;

/// <summary>Finds the moves in the clauses of a prompt, one clause after another: what was spoken of before decides what an everyday word means.</summary>
internal sealed class MoveExtractor
{
    private static readonly MovePattern[] _terms = [.. EnglishMovePatterns.All, .. ChineseMovePatterns.All];

    /// <summary>"Pan left, then right": a direction alone goes on with the move before it.</summary>
    private static readonly Regex _directionAlone = MovePattern.Compile(@"^(?:back )?(?:to(?:wards?)? )?(?:the )?(left|right|up|down|in|out)(?: again| [a-z]+ly)?$");

    /// <summary>"Pan left and up to the tower", made "pan left while up to the tower": what follows the direction tells no more of the camera.</summary>
    private static readonly Regex _directionFirst = MovePattern.Compile(@"^(left|right|up|down)\b");

    private static readonly Regex _not = MovePattern.Compile(@"\b(?:no|not|never|without|zero)\b|n't\b|[不无没]");

    private readonly HashSet<Move> _ruledOut = [];
    private readonly SortedSet<string> _unmade = new(StringComparer.Ordinal);
    private bool _cameraBefore;
    private bool _foundBefore;
    private Move? _last;

    public IReadOnlyCollection<Move> RuledOut => _ruledOut;

    public IReadOnlyCollection<string> Unmade => _unmade;

    public IReadOnlyList<RequestedMove> Read(PromptClause clause)
    {
        List<RequestedMove> found = [];
        var speeds = new SpeedDetector(clause.Text);
        var text = WithoutUnmade(clause);
        foreach (var term in _terms)
            text = term.Pattern.Replace(text, match => Take(clause, term, match, speeds, found));
        var further = clause.Connective == ClauseConnective.Together && _foundBefore ? _directionFirst : _directionAlone;
        if (found.Count == 0 && _last is { } last && clause.NegatedFrom == clause.Text.Length
            && further.Match(clause.Text) is { Success: true } alone && GoOn(last, alone.Groups[1].Value) is { } move)
            found.Add(new(move, SpeedDetector.In(clause.Text), 0, IsVague: false, IsViewpoint: false));

        // A term with a direction outweighs one without it, wherever they stand: "a lateral slide to the right".
        found.RemoveAll(wish => wish.IsVague && found.Any(other => !other.IsVague && (other.Move == wish.Move || other.Move == wish.Move.Opposite())));
        found.Sort((one, other) => one.Place.CompareTo(other.Place));
        _foundBefore = found.Count > 0;
        _cameraBefore = found.Count > 0 || clause.MentionsCamera || (_cameraBefore && clause.IsManner);
        _last = found.Count > 0 ? found[^1].Move : clause.OpensSentence && !clause.IsManner ? null : _last;
        return found;
    }

    private string Take(PromptClause clause, MovePattern term, Match match, SpeedDetector speeds, List<RequestedMove> found)
    {
        // "The camera does not move" carries its own "not".
        var negated = match.Index >= clause.NegatedFrom && (term.Moves[0] != Move.Static || clause.NegatedFrom == 0) && !(term.Moves[0] == Move.Static && SaysNot(match.Value));
        if (negated)
            _ruledOut.UnionWith(term.Moves);
        else if (term.OnlyRuledOut || (term.NeedsCamera && !clause.SpeaksOfCamera(match.Index, match.Index + match.Length, _cameraBefore)))
            return match.Value;
        else
            found.Add(new(term.Moves[0], speeds.Near(match.Index), match.Index, term.Moves.Count > 1, term.IsViewpoint));
        return new string('#', match.Length);
    }

    private string WithoutUnmade(PromptClause clause)
    {
        var text = clause.Text;
        foreach (var (name, pattern) in UnsupportedMoves.All)
        {
            text = pattern.Replace(text, match =>
            {
                if (match.Index < clause.NegatedFrom)
                    _unmade.Add(name);
                return new string('#', match.Length);
            });
        }

        return text;
    }

    private static Move? GoOn(Move last, string direction)
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

    private static bool SaysNot(string term) => _not.IsMatch(term);
}
