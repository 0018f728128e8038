namespace Kinema.Motion.Prompts;

/// <summary>Arranges the moves of all clauses into simultaneous groups and sequential segments.</summary>
internal sealed class CameraPlanBuilder(int maxSegments)
{
    private const int MaxSimultaneousMoves = 3;

    private readonly List<(ClauseConnective Connective, IReadOnlyList<RequestedMove> Requests)> _found = [];
    private bool _newSentence;

    public void Add(PromptClause clause, IReadOnlyList<RequestedMove> requests)
    {
        if (requests.Count > 0)
            _found.Add((_newSentence ? ClauseConnective.Sequential : clause.Connective, requests));
        else if (clause.IsMannerOnly && clause.NegationStart == clause.Text.Length
            && SpeedDetector.Detect(clause.Text) is var speed and not Speed.Normal && _found.Count > 0)
            _found[^1] = (_found[^1].Connective, [.. _found[^1].Requests.Select(request => request with { Speed = speed })]);
        _newSentence = requests.Count == 0 && (_newSentence || clause.Connective == ClauseConnective.Sequential);
    }

    /// <summary>Returns no segment when no move is requested or all are ruled out.</summary>
    public IReadOnlyList<Segment> Build(IReadOnlySet<Move> ruledOut, List<string> notes)
    {
        // Handheld applies to every segment; a viewpoint ("aerial view") counts as a move only when no other move is requested.
        var handheld = !ruledOut.Contains(Move.Handheld) && _found.Any(found => found.Requests.Any(request => request.Move == Move.Handheld));
        var hasDirectedMove =
            _found.Any(found => found.Requests.Any(request => request is { IsViewpoint: false, Move: not Move.Handheld } && !ruledOut.Contains(request.Move)));
        List<List<RequestedMove>> groups = [];
        foreach (var (connective, requests) in _found)
        {
            var supported = requests
                .Where(request => request.Move != Move.Handheld && !ruledOut.Contains(request.Move) && !(hasDirectedMove && request.IsViewpoint)).ToList();
            if (supported.Count == 0)
                continue;
            if (groups.Count == 0 || connective == ClauseConnective.Sequential
                || (connective == ClauseConnective.List && ReversesDirection(groups[^1], supported[0].Move)))
                groups.Add([]);
            groups[^1].AddRange(supported);
        }

        List<List<PlannedMove>> segments = [.. groups.Select(requests => MergeMoves(requests, notes))];
        if (handheld && segments.Count == 0)
            segments.Add([]);
        if (handheld)
            segments.ForEach(segment => segment.Add(new(Move.Handheld, Speed.Normal)));
        return LimitSegments(segments, notes);
    }

    private static List<PlannedMove> MergeMoves(List<RequestedMove> requests, List<string> notes)
    {
        List<PlannedMove> segment = [];
        foreach (var request in ResolveFollowDirection(requests))
            AddOrMerge(segment, new(request.Move, request.Speed), notes);
        return segment;
    }

    /// <summary>Merges an undirected "follow" with a directed move: following is then the reason, not a second move.</summary>
    private static IEnumerable<RequestedMove> ResolveFollowDirection(List<RequestedMove> requests)
    {
        if (requests.FirstOrDefault(
            each => !each.IsUndirected && each.Move is not (Move.FollowLeft or Move.FollowRight) && each.Move.DefinesDirection()) is not { } direction)
            return requests;
        return requests.SelectMany<RequestedMove, RequestedMove>(request => (request.IsUndirected, request.Move, direction.Move) switch
        {
            (true, Move.FollowLeft or Move.FollowRight, Move.TruckLeft) => [request with { Move = Move.FollowLeft }],
            (true, Move.FollowLeft or Move.FollowRight, Move.TruckRight) => [request with { Move = Move.FollowRight }],
            (true, Move.FollowLeft or Move.FollowRight, _) => [],
            _ => [request],
        });
    }

    private static bool ReversesDirection(List<RequestedMove> segment, Move move) =>
        move != Move.Static && segment.Any(request => request.Move != move && request.Move == move.Opposite());

    private static void AddOrMerge(List<PlannedMove> segment, PlannedMove request, List<string> notes)
    {
        if (segment.Any(other => other.Move == request.Move || other.Move.Includes(request.Move)))
            return;
        if (DollyZoomCounterpart(segment, request.Move) is { } part)
        {
            segment.RemoveAll(other => other.Move == part);
            segment.Insert(0, new(part == Move.PushIn || request.Move == Move.PushIn ? Move.DollyZoomIn : Move.DollyZoomOut, request.Speed));
        }
        else if (segment.Where(other => other.Move.ConflictsWith(request.Move)).Select(other => (Move?)other.Move).FirstOrDefault() is { } other)
        {
            notes.Add($"'{request.Move.Name()}' and '{other.Name()}' cannot be made at once; '{request.Move.Name()}' is left out");
        }
        else if (segment.Count == MaxSimultaneousMoves)
        {
            notes.Add($"at most {MaxSimultaneousMoves} moves are made at once; '{request.Move.Name()}' is left out");
        }
        else
        {
            segment.RemoveAll(covered => request.Move.Includes(covered.Move));
            segment.Add(request);
        }
    }

    /// <summary>Detects a dolly zoom given as its parts: "dolly in while zooming out".</summary>
    private static Move? DollyZoomCounterpart(List<PlannedMove> segment, Move move)
    {
        Move? other = move switch
        {
            Move.PushIn => Move.ZoomOut,
            Move.ZoomOut => Move.PushIn,
            Move.PullOut => Move.ZoomIn,
            Move.ZoomIn => Move.PullOut,
            _ => null,
        };
        return other is { } part && segment.Any(request => request.Move == part) ? part : null;
    }

    private List<Segment> LimitSegments(List<List<PlannedMove>> segments, List<string> notes)
    {
        notes.AddRange(segments.Skip(maxSegments).SelectMany(segment => segment).Where(request => request.Move != Move.Handheld).Select(request =>
            $"there is time for {maxSegments} moves one after another; '{request.Move.Name()}' is left out"));
        return [.. segments.Take(maxSegments).Select(segment => new Segment(segment))];
    }
}
