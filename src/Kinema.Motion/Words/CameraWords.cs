using System.Text.RegularExpressions;

namespace Kinema.Motion.Words;

/// <summary>Reads the camera's move out of a prompt and a negative prompt.</summary>
internal static class CameraWords
{
    private static readonly Term[] _terms = [.. EnglishTerms.All, .. ChineseTerms.All];

    private static readonly Regex _slowMotion = Term.Compile(@"\bslow ?(?:motion|mo)\b|慢动作");
    private static readonly Regex _slow = Term.Compile(@"\b(?:slow|slowly|gentle|gently|subtle|subtly|gradual|gradually|softly)\b|缓慢|缓缓|慢慢|轻轻|徐徐");
    private static readonly Regex _fast = Term.Compile(@"\b(?:fast|quick|quickly|rapid|rapidly|swift|swiftly)\b|快速|迅速|急速");

    public static CameraPlan Read(string? prompt, string? negativePrompt)
    {
        List<(Move Move, Clause Clause)> wishes = [];
        HashSet<Move> ruledOut = [];
        SortedSet<string> unmade = new(StringComparer.Ordinal);
        foreach (var clause in Clause.Split(prompt, ruledOut: false))
            ReadClause(clause, wishes, ruledOut, unmade);
        foreach (var clause in Clause.Split(negativePrompt, ruledOut: true))
            ReadClause(clause, [], ruledOut, []);

        var made = wishes.Where(wish => !ruledOut.Contains(wish.Move)).ToList();
        var notes = unmade.Select(name => $"'{name}' is asked for and not made by this engine").ToList();
        notes.AddRange(made.Skip(1).Select(wish => wish.Move).Distinct().Where(move => move != made[0].Move)
            .Select(move => $"only the first move is made; '{move.Name()}' is left out"));
        return made.Count > 0
            ? new(made[0].Move, SpeedIn(made[0].Clause.Text), Asked: true, notes)
            : new(Default(ruledOut), DefaultSpeed(prompt), Asked: false, notes);
    }

    /// <summary>A slow push, unless what it looks like is ruled out; then the next that is not.</summary>
    private static Move Default(HashSet<Move> ruledOut)
    {
        if (!ruledOut.Contains(Move.PushIn) && !ruledOut.Contains(Move.ZoomIn))
            return Move.PushIn;
        if (!ruledOut.Contains(Move.TruckRight) && !ruledOut.Contains(Move.PanRight))
            return Move.TruckRight;
        return ruledOut.Contains(Move.PedestalUp) || ruledOut.Contains(Move.TiltUp) ? Move.Static : Move.PedestalUp;
    }

    private static void ReadClause(Clause clause, List<(Move Move, Clause Clause)> wishes, HashSet<Move> ruledOut, SortedSet<string> unmade)
    {
        var text = clause.Text;
        foreach (var (name, pattern) in UnmadeTerms.All)
        {
            text = pattern.Replace(text, match =>
            {
                if (match.Index < clause.NegatedFrom)
                    unmade.Add(name);
                return new string('#', match.Length);
            });
        }

        // A term with a direction outweighs one without it, wherever they stand: "a lateral slide to the right".
        List<(bool Vague, int Place, Move Move)> found = [];
        foreach (var term in _terms)
            text = term.Pattern.Replace(text, match => Take(term, match));
        wishes.AddRange(found.Order().Select(wish => (wish.Move, clause)));

        string Take(Term term, Match match)
        {
            // "The camera does not move" carries its own "not".
            var negated = match.Index >= clause.NegatedFrom && (term.Moves[0] != Move.Static || clause.NegatedFrom == 0) && !SaysNot(match.Value);
            if (negated)
                ruledOut.UnionWith(term.Moves);
            else if (term.OnlyRuledOut || (term.NeedsCamera && !clause.SpeaksOfCamera(match.Index, match.Index + match.Length)))
                return match.Value;
            else
                found.Add((term.Moves.Count > 1, match.Index, term.Moves[0]));
            return new string('#', match.Length);
        }
    }

    private static bool SaysNot(string term) => term.Contains("not ", StringComparison.Ordinal) || term.Contains("n't ", StringComparison.Ordinal) || term.Contains("never", StringComparison.Ordinal)
        || term.AsSpan().ContainsAny('不', '无', '没');

    private static Speed SpeedIn(string text)
    {
        text = _slowMotion.Replace(text, "");
        return _slow.IsMatch(text) ? Speed.Slow : _fast.IsMatch(text) ? Speed.Fast : Speed.Normal;
    }

    private static Speed DefaultSpeed(string? prompt) =>
        Clause.Split(prompt, ruledOut: false).Where(clause => clause.MentionsCamera).Select(clause => SpeedIn(clause.Text)).FirstOrDefault();
}
