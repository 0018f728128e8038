namespace Kinema.Motion.Prompts;

/// <summary>English patterns of composite moves. They run before the basic ones, so that "dolly zoom" does not match "zoom".</summary>
internal static class EnglishCompositePatterns
{
    /// <summary>Up to six words between a verb and its direction.</summary>
    private const string UpToSixWords = @"(?: (?!and |as |while |camera )[a-z0-9']+){0,6}? ";

    private const string Adverb = @"(?: [a-z]+ly| very| slow| fast)*";
    private const string ProductNoun = @"\b(?:product|object|item|model|bottle|shoe|sneaker|watch|phone|figurine|statue|sculpture|perfume|gadget|device|vase|cup|mug|ring|jewel[a-z]*|can|package|box)s?(?: is| are)?";
    private const string InPlace = @"(?:on the spot|in place|(?:on|around|about) its(?: own)? axis|on (?:a|an|the|its)(?: [a-z]+)? (?:pedestal|stand|platform|plinth|base|table))";

    /// <summary>Excludes subjects that turn by themselves: a turning wheel is not an orbit.</summary>
    private const string NotSelfTurning = @"(?<!\b(?:wheel|blade|fan|gear|propeller|rotor|windmill|turbine|dancer|ballerina|skater|girl|boy|man|woman|he|she|they|head|leave)s?(?: [a-z]+ly)? [a-z]+)";

    private static readonly Move[] _orbits = [Move.OrbitRight, Move.OrbitLeft];
    private static readonly Move[] _follows = [Move.FollowRight, Move.FollowLeft];
    private static readonly Move[] _drones = [Move.DroneForward, Move.DroneBack];

    public static IReadOnlyList<MovePattern> All { get; } =
    [
        MovePattern.Of(Move.DollyZoomOut, @"\b(?:dolly zoom|zolly|vertigo)(?:s|ing)?(?: effect| shot)? out\b|\breverse (?:dolly zoom|zolly|vertigo)(?: effect| shot)?\b"),
        MovePattern.Undirected(@"\b(?:dolly zoom|zolly|vertigo|hitchcock zoom|trombone shot)(?:s|ing)?(?: effect| shot)?(?: in)?\b", Move.DollyZoomIn, Move.DollyZoomOut),

        .. Rolls(Move.RollCounter, "(?:counterclockwise|counter|left)"),
        .. Rolls(Move.RollClockwise, "(?:clockwise|right)"),
        MovePattern.Undirected(@"\b(?:barrel rolls?|dutch (?:roll|tilt|angle)s?|camera rolls?)\b", Move.RollClockwise, Move.RollCounter),

        .. Orbits(Move.OrbitLeft, "(?:left|clockwise)", "(?:right|counterclockwise)"),
        .. Orbits(Move.OrbitRight, "(?:right|counterclockwise)", "(?:left|clockwise)"),
        MovePattern.Undirected($@"(?<!\bin )(?<!\binto )\borbit(?:s|ed|ing|al)?(?: shot| around)?\b|\barc(?:s|ing)? (?:shot|around)\b|\bturntable\b|\b(?:rotat(?:e|es|ed|ing)|rotation)\b{NotSelfTurning}|\b(?:360(?: degrees?)? (?:view|spin|shot|turn))\b", _orbits),
        MovePattern.Undirected($@"{ProductNoun}{Adverb} (?:spin|revolv)(?:s|es|ning|ing)?\b|{ProductNoun}{Adverb} turn(?:s|ing)(?: [a-z]+ly)*$|\b(?:turn|spin|revolv)(?:s|es|ning|ing)?{Adverb} {InPlace}", _orbits),
        MovePattern.AmbiguousUndirected(@"\b(?:circl(?:e|es|ing)|revolv(?:e|es|ing)|arc(?:s|ing)?|spin(?:s|ning)?)\b|\b(?:mov(?:es?|ing)|fl(?:y|ies|ying)|wraps?|wrapping|go(?:es|ing)?|swing(?:s|ing)?|travel(?:s|ling|ing)?) (?:all )?around\b", _orbits),

        MovePattern.Of(Move.CraneDown, @"\b(?:crane|craning|cranes|jib|jibs)(?: shot| move| movement)?(?: [a-z]+ly)? (?:down|descending|lowering)\b"),
        MovePattern.Undirected(@"\b(?:crane (?:shot|move|movement)|jib shot|(?:crane|craning|cranes|jib|jibs)(?: [a-z]+ly)? up)(?: [a-z]+ly)?(?: up| rising)?\b", Move.CraneUp, Move.CraneDown),

        MovePattern.Of(Move.DroneBack, $@"\b(?:drone|aerial)(?: shot| view| camera)?{UpToSixWords}(?:back|away|out|reveals?|revealing|retreats?|retreating)\b|\bpull(?:s|ing)? (?:back|out) to reveal\b"),
        MovePattern.Of(Move.DroneForward, $@"\b(?:drone|aerial)(?: shot| view| camera)?{UpToSixWords}(?:forward|towards?|in|into|through)\b|\bfly(?:over|through|by)s?\b|\bfly (?:over|through|by) shot\b"),
        MovePattern.Ambiguous(Move.DroneBack, @"\b(?:fl(?:y|ies|ying)|soar(?:s|ing)?)(?: [a-z]+ly)? (?:back|away|out)\b"),
        MovePattern.Ambiguous(Move.DroneForward, @"\b(?:fl(?:y|ies|ying)|soar(?:s|ing)?)(?: [a-z]+ly)? (?:over|forward|through|towards?|into|above|across)\b"),
        MovePattern.Viewpoint(@"\b(?:aerial|drone|bird'?s eye)(?: shots?| views?| footage)?\b", _drones),

        MovePattern.Of(Move.PushIn, $@"\b(?:follow|track)(?:s|ing)?\b{UpToSixWords}from behind\b"),
        .. Follows(Move.FollowLeft, "left"),
        .. Follows(Move.FollowRight, "right"),
        FollowsUpright(Move.PedestalUp, "up"),
        FollowsUpright(Move.PedestalDown, "down"),
        MovePattern.Undirected(@"\b(?:follow(?:ing)? shot|track(?:s|ing)?(?: with)? (?:the|a|an|his|her|their|its) (?:subject|man|woman|person|boy|girl|child|car|dog|cat|animal|bird|horse|train|cyclist|runner|dancer|character|hero))\b", _follows),
        MovePattern.AmbiguousUndirected(@"\bfollow(?:s|ing)?\b", _follows),

        MovePattern.Of(Move.Handheld, @"\bhand ?held\b(?! (?:fan|phone|device|camera in|lamp|game|mirror|radio|drill))(?: camera| shot| feel| style)?|\bshaky(?: cam(?:era)?| shot| footage)?\b|\bcamera shakes?\b"),
    ];

    private static IEnumerable<MovePattern> Rolls(Move move, string direction) =>
    [
        MovePattern.Of(move, $@"\b(?:barrel |dutch |camera )?roll(?:s|ing)?(?: to)?(?: the)? {direction}\b|\bdutch (?:tilt|angle)(?: to)?(?: the)? {direction}\b"),
        MovePattern.Of(move, $@"\b(?:camera|frame|view|lens){Adverb} (?:rotat(?:e|es|ing)|turns?|tilts?|twists?){Adverb} {direction.Replace("|left", "", StringComparison.Ordinal).Replace("|right", "", StringComparison.Ordinal)}\b(?! around| round)"),
    ];

    /// <summary>
    /// Orbit patterns. An object that turns clockwise, seen from above, looks the same to a camera that orbits it counter-clockwise: to the right.
    /// </summary>
    private static IEnumerable<MovePattern> Orbits(Move move, string direction, string oppositeDirection) =>
    [
        MovePattern.Of(move, $@"\borbit(?:s|ed|ing)?{UpToSixWords}{direction}\b|\b{direction} orbit\b|\barc(?:s|ing)?(?: shot)?(?: around| round)?{UpToSixWords}{direction}\b"),
        MovePattern.Of(move, $@"\bcamera{UpToSixWords}(?:rotat|circl|revolv|spin|turn)(?:e|es|s|ning|ing)? (?:around|round|about){UpToSixWords}{direction}\b"),
        MovePattern.Of(move, $@"\bcamera{UpToSixWords}rotat(?:e|es|ing)?{UpToSixWords}{direction}\b"),
        MovePattern.Ambiguous(move, $@"\b(?:circl|revolv)(?:e|es|ing)?{UpToSixWords}{direction}\b"),
        MovePattern.Of(move, $@"\b(?:rotat(?:e|es|ing)|rotation|turntable|spin(?:s|ning)?){UpToSixWords}{oppositeDirection}\b"),
    ];

    private static IEnumerable<MovePattern> Follows(Move move, string side) =>
    [
        MovePattern.Ambiguous(move, $@"\bfollow(?:s|ing)?\b{UpToSixWords}{side}\b"),
    ];

    /// <summary>Matches "follows the bird up". Excludes "up the stairs" and "down the road", where the subject goes, and "up close".</summary>
    private static MovePattern FollowsUpright(Move move, string direction) =>
        MovePattern.Ambiguous(move, $@"\b(?:follow|track)(?:s|ing)?(?= (?!{direction}\b)){UpToSixWords}{direction}\b(?! (?:the|a|an|his|her|their|its|this|that|close|and)\b)");
}
