using System.Text.RegularExpressions;

namespace Kinema.Motion.Prompts;

/// <summary>A regular expression that names a move.</summary>
/// <param name="Moves">Matching moves, the most likely first. An undirected term such as "zoom" excludes all of them when negated.</param>
/// <param name="NeedsCameraContext">The term is an everyday word too: it counts only at the start of a clause or after a mention of the camera.</param>
/// <param name="OnlyWhenNegated">The term is too vague as a request but clear when negated ("no camera movement").</param>
/// <param name="IsViewpoint">The term names a viewpoint ("aerial view"): a move only when no other term names one.</param>
internal sealed record MovePattern(IReadOnlyList<Move> Moves, Regex Pattern, bool NeedsCameraContext = false, bool OnlyWhenNegated = false, bool IsViewpoint = false)
{
    public static MovePattern Of(Move move, string pattern) => new([move], Compile(pattern));

    public static MovePattern Ambiguous(Move move, string pattern) => new([move], Compile(pattern), NeedsCameraContext: true);

    public static MovePattern Undirected(string pattern, params IReadOnlyList<Move> moves) => new(moves, Compile(pattern));

    public static MovePattern AmbiguousUndirected(string pattern, params IReadOnlyList<Move> moves) => new(moves, Compile(pattern), NeedsCameraContext: true);

    public static MovePattern Viewpoint(string pattern, params IReadOnlyList<Move> moves) => new(moves, Compile(pattern), IsViewpoint: true);

    public static MovePattern NegatedOnly(string pattern, params IReadOnlyList<Move> moves) => new(moves, Compile(pattern), OnlyWhenNegated: true);

    // Prompts are untrusted text. Every repetition in the patterns can match a given text in only one way, so none backtracks catastrophically.
    // RegexOptions.NonBacktracking guarantees this for any pattern but takes half a second and 200 MB to build these.
    public static Regex Compile(string pattern) => new(pattern, RegexOptions.CultureInvariant);
}
