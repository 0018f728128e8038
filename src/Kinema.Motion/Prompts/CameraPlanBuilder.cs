namespace Kinema.Motion.Prompts;

/// <summary>Puts the moves found in clauses into an order: what is made at once, and what comes after it.</summary>
internal sealed class CameraPlanBuilder(int mostSegments)
{
    private const int MostAtOnce = 3;

    private readonly List<(ClauseConnective Connective, IReadOnlyList<RequestedMove> Wishes)> _found = [];
    private bool _newSentence;

    public void Add(PromptClause clause, IReadOnlyList<RequestedMove> wishes)
    {
        if (wishes.Count > 0)
            _found.Add((_newSentence ? ClauseConnective.Next : clause.Connective, wishes));
        else if (clause.IsManner && clause.NegatedFrom == clause.Text.Length && SpeedDetector.In(clause.Text) is var speed and not Speed.Normal && _found.Count > 0)
            _found[^1] = (_found[^1].Connective, [.. _found[^1].Wishes.Select(wish => wish with { Speed = speed })]);
        _newSentence = wishes.Count == 0 && (_newSentence || clause.Connective == ClauseConnective.Next);
    }

    /// <summary>No segment where nothing was asked for, or all of it is ruled out.</summary>
    public IReadOnlyList<Segment> Build(IReadOnlySet<Move> ruledOut, List<string> notes)
    {
        // A hand holds the camera all the time; "aerial view" tells where it stands when nothing tells where it goes.
        var handheld = !ruledOut.Contains(Move.Handheld) && _found.Any(found => found.Wishes.Any(wish => wish.Move == Move.Handheld));
        var goes = _found.Any(found => found.Wishes.Any(wish => wish is { IsViewpoint: false, Move: not Move.Handheld } && !ruledOut.Contains(wish.Move)));
        List<List<RequestedMove>> together = [];
        foreach (var (connective, wishes) in _found)
        {
            var made = wishes.Where(wish => wish.Move != Move.Handheld && !ruledOut.Contains(wish.Move) && !(goes && wish.IsViewpoint)).ToList();
            if (made.Count == 0)
                continue;
            if (together.Count == 0 || connective == ClauseConnective.Next || (connective == ClauseConnective.Listed && TurnsBack(together[^1], made[0].Move)))
                together.Add([]);
            together[^1].AddRange(made);
        }

        List<List<PlannedMove>> segments = [.. together.Select(wishes => Joined(wishes, notes))];
        if (handheld && segments.Count == 0)
            segments.Add([]);
        if (handheld)
            segments.ForEach(segment => segment.Add(new(Move.Handheld, Speed.Normal)));
        return Shorten(segments, notes);
    }

    private static List<PlannedMove> Joined(List<RequestedMove> wishes, List<string> notes)
    {
        List<PlannedMove> segment = [];
        foreach (var wish in Led(wishes))
            Join(segment, new(wish.Move, wish.Speed), notes);
        return segment;
    }

    /// <summary>Where one word says to follow and another which way the camera goes, following is the reason and not one more move.</summary>
    private static IEnumerable<RequestedMove> Led(List<RequestedMove> wishes)
    {
        if (wishes.FirstOrDefault(wish => !wish.IsVague && wish.Move is not (Move.FollowLeft or Move.FollowRight) && wish.Move.Leads()) is not { } way)
            return wishes;
        return wishes.SelectMany<RequestedMove, RequestedMove>(wish => (wish.IsVague, wish.Move, way.Move) switch
        {
            (true, Move.FollowLeft or Move.FollowRight, Move.TruckLeft) => [wish with { Move = Move.FollowLeft }],
            (true, Move.FollowLeft or Move.FollowRight, Move.TruckRight) => [wish with { Move = Move.FollowRight }],
            (true, Move.FollowLeft or Move.FollowRight, _) => [],
            _ => [wish],
        });
    }

    private static bool TurnsBack(List<RequestedMove> segment, Move move) =>
        move != Move.Static && segment.Any(wish => wish.Move != move && wish.Move == move.Opposite());

    private static void Join(List<PlannedMove> segment, PlannedMove wish, List<string> notes)
    {
        if (segment.Any(other => other.Move == wish.Move || other.Move.Covers(wish.Move)))
            return;
        if (DollyZoom(segment, wish.Move) is { } part)
        {
            segment.RemoveAll(other => other.Move == part);
            segment.Insert(0, new(part == Move.PushIn || wish.Move == Move.PushIn ? Move.DollyZoomIn : Move.DollyZoomOut, wish.Speed));
        }
        else if (segment.Where(other => other.Move.Contradicts(wish.Move)).Select(other => (Move?)other.Move).FirstOrDefault() is { } other)
        {
            notes.Add($"'{wish.Move.Name()}' and '{other.Name()}' cannot be made at once; '{wish.Move.Name()}' is left out");
        }
        else if (segment.Count == MostAtOnce)
        {
            notes.Add($"at most {MostAtOnce} moves are made at once; '{wish.Move.Name()}' is left out");
        }
        else
        {
            segment.RemoveAll(covered => wish.Move.Covers(covered.Move));
            segment.Add(wish);
        }
    }

    /// <summary>"Dolly in while zooming out" is a dolly zoom said in its parts.</summary>
    private static Move? DollyZoom(List<PlannedMove> segment, Move move)
    {
        Move? other = move switch
        {
            Move.PushIn => Move.ZoomOut,
            Move.ZoomOut => Move.PushIn,
            Move.PullOut => Move.ZoomIn,
            Move.ZoomIn => Move.PullOut,
            _ => null,
        };
        return other is { } part && segment.Any(wish => wish.Move == part) ? part : null;
    }

    private List<Segment> Shorten(List<List<PlannedMove>> segments, List<string> notes)
    {
        notes.AddRange(segments.Skip(mostSegments).SelectMany(segment => segment).Where(wish => wish.Move != Move.Handheld).Select(wish =>
            $"there is time for {mostSegments} moves one after another; '{wish.Move.Name()}' is left out"));
        return [.. segments.Take(mostSegments).Select(segment => new Segment(segment))];
    }
}
