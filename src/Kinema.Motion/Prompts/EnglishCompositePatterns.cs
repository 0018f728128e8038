namespace Kinema.Motion.Prompts;

/// <summary>English terms of moves made of several parts. They are read before the plain ones, so that "dolly zoom" is not read as "zoom".</summary>
internal static class EnglishCompositePatterns
{
    /// <summary>Words between a verb and its direction.</summary>
    private const string Few = @"(?: (?!and |as |while |camera )[a-z0-9']+){0,6}? ";

    private const string Adverb = @"(?: [a-z]+ly| very| slow| fast)*";
    private const string Thing = @"\b(?:product|object|item|model|bottle|shoe|sneaker|watch|phone|figurine|statue|sculpture|perfume|gadget|device|vase|cup|mug|ring|jewel[a-z]*|can|package|box)s?(?: is| are)?";
    private const string OnTheSpot = @"(?:on the spot|in place|(?:on|around|about) its(?: own)? axis|on (?:a|an|the|its)(?: [a-z]+)? (?:pedestal|stand|platform|plinth|base|table))";

    /// <summary>What turns by itself does not stand before a word for turning: no camera goes round because a wheel does.</summary>
    private const string NotTurned = @"(?<!\b(?:wheel|blade|fan|gear|propeller|rotor|windmill|turbine|dancer|ballerina|skater|girl|boy|man|woman|he|she|they|head|leave)s?(?: [a-z]+ly)? [a-z]+)";

    private static readonly Move[] _orbits = [Move.OrbitRight, Move.OrbitLeft];
    private static readonly Move[] _follows = [Move.FollowRight, Move.FollowLeft];
    private static readonly Move[] _drones = [Move.DroneForward, Move.DroneBack];

    public static IReadOnlyList<MovePattern> All { get; } =
    [
        MovePattern.Of(Move.DollyZoomOut, @"\b(?:dolly zoom|zolly|vertigo)(?:s|ing)?(?: effect| shot)? out\b|\breverse (?:dolly zoom|zolly|vertigo)(?: effect| shot)?\b"),
        MovePattern.Vague(@"\b(?:dolly zoom|zolly|vertigo|hitchcock zoom|trombone shot)(?:s|ing)?(?: effect| shot)?(?: in)?\b", Move.DollyZoomIn, Move.DollyZoomOut),

        .. Rolls(Move.RollCounter, "(?:counterclockwise|counter|left)"),
        .. Rolls(Move.RollClockwise, "(?:clockwise|right)"),
        MovePattern.Vague(@"\b(?:barrel rolls?|dutch (?:roll|tilt|angle)s?|camera rolls?)\b", Move.RollClockwise, Move.RollCounter),

        .. Orbits(Move.OrbitLeft, "(?:left|clockwise)", "(?:right|counterclockwise)"),
        .. Orbits(Move.OrbitRight, "(?:right|counterclockwise)", "(?:left|clockwise)"),
        MovePattern.Vague($@"(?<!\bin )(?<!\binto )\borbit(?:s|ed|ing|al)?(?: shot| around)?\b|\barc(?:s|ing)? (?:shot|around)\b|\bturntable\b|\b(?:rotat(?:e|es|ed|ing)|rotation)\b{NotTurned}|\b(?:360(?: degrees?)? (?:view|spin|shot|turn))\b", _orbits),
        MovePattern.Vague($@"{Thing}{Adverb} (?:spin|revolv)(?:s|es|ning|ing)?\b|{Thing}{Adverb} turn(?:s|ing)(?: [a-z]+ly)*$|\b(?:turn|spin|revolv)(?:s|es|ning|ing)?{Adverb} {OnTheSpot}", _orbits),
        MovePattern.VagueEveryday(@"\b(?:circl(?:e|es|ing)|revolv(?:e|es|ing)|arc(?:s|ing)?|spin(?:s|ning)?)\b|\b(?:mov(?:es?|ing)|fl(?:y|ies|ying)|wraps?|wrapping|go(?:es|ing)?|swing(?:s|ing)?|travel(?:s|ling|ing)?) (?:all )?around\b", _orbits),

        MovePattern.Of(Move.CraneDown, @"\b(?:crane|craning|cranes|jib|jibs)(?: shot| move| movement)?(?: [a-z]+ly)? (?:down|descending|lowering)\b"),
        MovePattern.Vague(@"\b(?:crane (?:shot|move|movement)|jib shot|(?:crane|craning|cranes|jib|jibs)(?: [a-z]+ly)? up)(?: [a-z]+ly)?(?: up| rising)?\b", Move.CraneUp, Move.CraneDown),

        MovePattern.Of(Move.DroneBack, $@"\b(?:drone|aerial)(?: shot| view| camera)?{Few}(?:back|away|out|reveals?|revealing|retreats?|retreating)\b|\bpull(?:s|ing)? (?:back|out) to reveal\b"),
        MovePattern.Of(Move.DroneForward, $@"\b(?:drone|aerial)(?: shot| view| camera)?{Few}(?:forward|towards?|in|into|through)\b|\bfly(?:over|through|by)s?\b|\bfly (?:over|through|by) shot\b"),
        MovePattern.Everyday(Move.DroneBack, @"\b(?:fl(?:y|ies|ying)|soar(?:s|ing)?)(?: [a-z]+ly)? (?:back|away|out)\b"),
        MovePattern.Everyday(Move.DroneForward, @"\b(?:fl(?:y|ies|ying)|soar(?:s|ing)?)(?: [a-z]+ly)? (?:over|forward|through|towards?|into|above|across)\b"),
        MovePattern.Viewpoint(@"\b(?:aerial|drone|bird'?s eye)(?: shots?| views?| footage)?\b", _drones),

        MovePattern.Of(Move.PushIn, $@"\b(?:follow|track)(?:s|ing)?\b{Few}from behind\b"),
        .. Follows(Move.FollowLeft, "left"),
        .. Follows(Move.FollowRight, "right"),
        FollowsUpright(Move.PedestalUp, "up"),
        FollowsUpright(Move.PedestalDown, "down"),
        MovePattern.Vague(@"\b(?:follow(?:ing)? shot|track(?:s|ing)?(?: with)? (?:the|a|an|his|her|their|its) (?:subject|man|woman|person|boy|girl|child|car|dog|cat|animal|bird|horse|train|cyclist|runner|dancer|character|hero))\b", _follows),
        MovePattern.VagueEveryday(@"\bfollow(?:s|ing)?\b", _follows),

        MovePattern.Of(Move.Handheld, @"\bhand ?held\b(?! (?:fan|phone|device|camera in|lamp|game|mirror|radio|drill))(?: camera| shot| feel| style)?|\bshaky(?: cam(?:era)?| shot| footage)?\b|\bcamera shakes?\b"),
    ];

    private static IEnumerable<MovePattern> Rolls(Move move, string way) =>
    [
        MovePattern.Of(move, $@"\b(?:barrel |dutch |camera )?roll(?:s|ing)?(?: to)?(?: the)? {way}\b|\bdutch (?:tilt|angle)(?: to)?(?: the)? {way}\b"),
        MovePattern.Of(move, $@"\b(?:camera|frame|view|lens){Adverb} (?:rotat(?:e|es|ing)|turns?|tilts?|twists?){Adverb} {way.Replace("|left", "", StringComparison.Ordinal).Replace("|right", "", StringComparison.Ordinal)}\b(?! around| round)"),
    ];

    /// <summary>A thing that turns clockwise, as seen from above, shows what a camera would see that goes round it counter-clockwise: to its right.</summary>
    private static IEnumerable<MovePattern> Orbits(Move move, string way, string otherWay) =>
    [
        MovePattern.Of(move, $@"\borbit(?:s|ed|ing)?{Few}{way}\b|\b{way} orbit\b|\barc(?:s|ing)?(?: shot)?(?: around| round)?{Few}{way}\b"),
        MovePattern.Of(move, $@"\bcamera{Few}(?:rotat|circl|revolv|spin|turn)(?:e|es|s|ning|ing)? (?:around|round|about){Few}{way}\b"),
        MovePattern.Of(move, $@"\bcamera{Few}rotat(?:e|es|ing)?{Few}{way}\b"),
        MovePattern.Everyday(move, $@"\b(?:circl|revolv)(?:e|es|ing)?{Few}{way}\b"),
        MovePattern.Of(move, $@"\b(?:rotat(?:e|es|ing)|rotation|turntable|spin(?:s|ning)?){Few}{otherWay}\b"),
    ];

    private static IEnumerable<MovePattern> Follows(Move move, string side) =>
    [
        MovePattern.Everyday(move, $@"\bfollow(?:s|ing)?\b{Few}{side}\b"),
    ];

    /// <summary>"Follows the bird up", but neither "up the stairs" nor "down the road", which say where somebody goes, nor "up close".</summary>
    private static MovePattern FollowsUpright(Move move, string way) =>
        MovePattern.Everyday(move, $@"\b(?:follow|track)(?:s|ing)?(?= (?!{way}\b)){Few}{way}\b(?! (?:the|a|an|his|her|their|its|this|that|close|and)\b)");
}
