using System.Text.RegularExpressions;

namespace Kinema.Motion.Prompts;

/// <summary>A way to say a move.</summary>
/// <param name="Moves">What it means, the likeliest first; a term without a direction, such as "zoom", means several when it is ruled out.</param>
/// <param name="NeedsCameraContext">It is an everyday word too: it counts only where a clause opens with it or speaks of the camera before it.</param>
/// <param name="OnlyWhenNegated">Said of a wish it is too vague to follow, ruled out it is clear enough ("no camera movement").</param>
/// <param name="IsViewpoint">It tells from where the picture was taken ("aerial view"): a move only where nothing else is one.</param>
internal sealed record MovePattern(IReadOnlyList<Move> Moves, Regex Pattern, bool NeedsCameraContext = false, bool OnlyWhenNegated = false, bool IsViewpoint = false)
{
    public static MovePattern Of(Move move, string pattern) => new([move], Compile(pattern));

    public static MovePattern Ambiguous(Move move, string pattern) => new([move], Compile(pattern), NeedsCameraContext: true);

    public static MovePattern Undirected(string pattern, params IReadOnlyList<Move> moves) => new(moves, Compile(pattern));

    public static MovePattern AmbiguousUndirected(string pattern, params IReadOnlyList<Move> moves) => new(moves, Compile(pattern), NeedsCameraContext: true);

    public static MovePattern Viewpoint(string pattern, params IReadOnlyList<Move> moves) => new(moves, Compile(pattern), IsViewpoint: true);

    public static MovePattern NegatedOnly(string pattern, params IReadOnlyList<Move> moves) => new(moves, Compile(pattern), OnlyWhenNegated: true);

    // Prompts are foreign text of any shape. Every repetition in the patterns can match a given text in one way only, so that none can run away;
    // the matcher that promises as much for any pattern takes half a second and 200 MB to build these.
    public static Regex Compile(string pattern) => new(pattern, RegexOptions.CultureInvariant);
}
