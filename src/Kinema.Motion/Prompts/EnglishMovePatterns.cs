namespace Kinema.Motion.Prompts;

/// <summary>English patterns of the camera moves. They expect normalized text: lower case, hyphens as spaces, "leftwards" as "left".</summary>
internal static class EnglishMovePatterns
{
    /// <summary>Words allowed between a verb and its direction.</summary>
    private const string Gap = @"(?: (?:to|towards?|the|across|over|camera|shot|view|slow|fast|very|a|bit|little|[a-z]+ly))* ";

    /// <summary>Verbs of motion that fit a camera and any other subject.</summary>
    private const string MotionVerb = @"\b(?:(?:mov|glid|slid|advanc|eas)(?:e|es|ing)|(?:travel|drift|float|track|push|head|walk|rush)(?:s|es|ling|ing)?|go(?:es|ing)?)";

    private static readonly Move[] _pans = [Move.PanLeft, Move.PanRight];
    private static readonly Move[] _tilts = [Move.TiltUp, Move.TiltDown];
    private static readonly Move[] _trucks = [Move.TruckLeft, Move.TruckRight];
    private static readonly Move[] _pedestals = [Move.PedestalUp, Move.PedestalDown];
    private static readonly Move[] _zooms = [Move.ZoomIn, Move.ZoomOut];
    private static readonly Move[] _dollies = [Move.PushIn, Move.PullOut];
    private static readonly Move[] _moving = [.. Moves.All.Where(move => move != Move.Static)];

    public static IReadOnlyList<MovePattern> All { get; } =
    [
        .. EnglishCompositePatterns.All,
        .. Sideways(Move.PanLeft, Move.TruckLeft, "left"),
        .. Sideways(Move.PanRight, Move.TruckRight, "right"),
        .. Upright(Move.TiltUp, Move.PedestalUp, "up"),
        .. Upright(Move.TiltDown, Move.PedestalDown, "down"),
        MovePattern.Ambiguous(Move.PedestalUp, @"\b(?:rises?|rising|ascends?|ascending)\b|\blift(?:s|ing)(?: [a-z]+ly)?(?= (?:up|above|over|off)\b|$)"),
        MovePattern.Ambiguous(Move.PedestalDown, @"\b(?:descends?|descending)\b|\blower(?:s|ing)(?: [a-z]+ly)?(?= (?:to|towards?|down|into)\b|$)"),

        // Common misuse, since a pan is horizontal: "pan up" is a tilt, "pan out" a pull.
        MovePattern.Ambiguous(Move.PushIn, $@"\bpan(?:s|ned|ning)?{Gap}(?:in(?= (?:on|to|closer|slowly)\b|$)|closer)(?: on| to)?\b"),
        MovePattern.Ambiguous(Move.PullOut, $@"\bpan(?:s|ned|ning)?{Gap}(?:out|back|away)\b"),

        MovePattern.Of(Move.PushIn, $@"\b(?:dolly|dollies|dollying){Gap}(?:in|into|forward)\b"),
        MovePattern.Of(Move.PushIn, $@"\bpush(?:es|ed|ing)?{Gap}in\b"),
        MovePattern.Ambiguous(Move.PushIn, $@"\b(?:mov(?:e|es|ing)|com(?:e|es|ing)|go(?:es|ing)?|gets?|getting|push(?:es|ing)?|clos(?:e|es|ing)){Gap}(?:closer|forward|in(?! (?:sync|time|step|unison|parallel|circles?|an?)\b))\b"),
        MovePattern.Ambiguous(Move.PushIn, $@"{MotionVerb}{Gap}(?:closer|forward|towards?(?! (?:the |a )?(?:camera|lens|viewer)\b)|into|through)\b"),
        MovePattern.Ambiguous(Move.PushIn, @"\b(?:approach|approaches|approaching)\b|\badvanc(?:es|ing)\b"),
        MovePattern.Of(Move.PullOut, @"\breverse dolly\b"),
        MovePattern.Ambiguous(Move.PullOut, $@"{MotionVerb}{Gap}(?:out|back|away)\b|\bretreat(?:s|ing)?\b|\bback(?:s|ing) (?:away|up|off)\b"),
        MovePattern.Of(Move.PullOut, $@"\b(?:dolly|dollies|dollying){Gap}(?:out|back)\b"),
        MovePattern.Ambiguous(Move.PullOut, $@"\b(?:pull(?:s|ed|ing)?|mov(?:e|es|ing)){Gap}(?:out|back|away)\b"),
        MovePattern.Of(Move.ZoomIn, $@"\bzoom(?:s|ed|ing)?{Gap}(?:in|into)\b"),
        MovePattern.Of(Move.ZoomOut, $@"\bzoom(?:s|ed|ing)?{Gap}out\b(?! of (?:the )?(?:frame|shot|view|picture|screen|sight)\b)|\bout zoom\b"),

        MovePattern.Of(Move.Static, @"\b(?:static|stationary|motionless|immobile|fixed|still|locked)(?: off)? (?:camera|shot|frame|framing|view|angle)\b"),
        MovePattern.Of(Move.Static, @"\b(?:camera|shot|frame|framing|composition|view)(?: (?:is|stays?|remains?|holds|held|kept|keeps|stands|should|must|perfectly|completely|totally))* (?:static|stationary|motionless|still|fixed|locked|unchanged|the same)\b"),
        MovePattern.Of(Move.Static, @"\b(?:keep|keeping|maintain|maintaining|hold|holding) the same (?:framing|composition|shot|view|camera angle)\b"),
        MovePattern.Of(Move.Static, @"\b(?:locked off|locked down|(?:on a )?tripod|static(?! (?:electricity|noise|charge|background|backdrop|scene|pose|subject|object|product)))\b"),
        MovePattern.Viewpoint(@"\bstatic (?:background|backdrop|scene)\b", Move.Static),
        MovePattern.Of(Move.Static, @"\b(?:camera|shot|frame|view)(?: (?:is|stays|remains|holds|held|kept|keeps))+(?: very| perfectly)? steady\b"),
        MovePattern.Of(Move.Static, @"^(?:absolutely )?(?:no|without) (?:movements?|motion)(?: at all)?$|\bcamera (?:without|with no)(?: any)? (?:movement|motion)\b"),
        MovePattern.Of(Move.Static, @"^(?:fixed|still)$"),
        MovePattern.Of(Move.Static, @"\b(?:camera|shot|frame|view) (?:(?:does|do|should|must|shall|will|is) not|doesn't|shouldn't|mustn't|won't|isn't|never|not)(?: be)? (?:moves?|moved|moving)\b(?! (?:left|right|up|down|in|out|closer|forward|back|around|away|towards?)\b)"),
        MovePattern.Of(Move.Static, @"\b(?:do not|don't|never|not|without) mov(?:e|ing) (?:the )?camera\b"),

        // Undirected terms. They run last, so that a directed term at the same position wins.
        MovePattern.Undirected(@"\bzoom(?:s|ed|ing)?\b(?! (?:past|by|call|calls|meeting|meetings|lens|away|off|out of)\b)", _zooms),
        MovePattern.Undirected(@"\b(?:camera(?: [a-z]+ly)? pan(?:s|ning)?|panning|pan across|pan shot|(?:slow|smooth|gentle|cinematic|horizontal|steady|quick|fast|subtle|gradual|sweeping) pan)\b", _pans),
        MovePattern.AmbiguousUndirected(@"\b(?:sweeps?|sweeping) (?:across|over|along)\b", _pans),
        MovePattern.Undirected(@"\bdolly (?:shot|move|movement|effect)\b", _dollies),
        MovePattern.Undirected(@"\b(?:lateral(?:ly)?|trucking|truck shot)\b", _trucks),
        MovePattern.Undirected(@"\btracking shot\b", Move.FollowRight, Move.FollowLeft),
        MovePattern.NegatedOnly(@"\bpan(?:s|ning)?\b", _pans),
        MovePattern.NegatedOnly(@"\btilt(?:s|ing)?\b", _tilts),
        MovePattern.NegatedOnly(@"\b(?:truck(?:s|ing)?|track(?:s|ing)?|slid(?:e|es|ing))\b", _trucks),
        MovePattern.NegatedOnly(@"\bpedestal\b", _pedestals),
        MovePattern.NegatedOnly(@"\b(?:dolly|dollying)\b", _dollies),
        MovePattern.NegatedOnly(@"\b(?:roll|rolls|rolling)\b", Move.RollClockwise, Move.RollCounter),
        MovePattern.NegatedOnly(@"\b(?:spin|spins|spinning|circling)\b", Move.OrbitRight, Move.OrbitLeft),
        MovePattern.NegatedOnly(@"\b(?:crane|jib)\b", Move.CraneUp, Move.CraneDown),
        MovePattern.NegatedOnly(@"\b(?:shaking|shake|wobble|jitter)\b", Move.Handheld),
        MovePattern.NegatedOnly(@"\bpush(?:ing)?\b", Move.PushIn),
        MovePattern.NegatedOnly(@"\bpull(?:ing)?\b", Move.PullOut),
        MovePattern.NegatedOnly(@"(?<!\b(?:sudden|abrupt|fast|quick|rapid|jerky|shaky|excessive|sharp|unnecessary) )\b(?:camera (?:movements?|motions?|moves?|moving)|(?:moving|any) camera|movements? of the camera)\b", _moving),
    ];

    private static IEnumerable<MovePattern> Sideways(Move pan, Move truck, string side) =>
    [
        MovePattern.Of(pan, $@"\bpan(?:s|ned|ning)?{Gap}{side}\b"),
        MovePattern.Of(pan, $@"\b{side} pan\b"),
        MovePattern.Ambiguous(pan, $@"\btilt(?:s|ed|ing)?{Gap}{side}\b"),
        MovePattern.Ambiguous(pan, $@"\b(?:turn|look|sweep|swing|swivel)(?:s|ing)?{Gap}{side}\b"),
        MovePattern.Of(truck, $@"\b(?:truck|track|dolly|crab)(?:s|ing)?(?: slowly| gently| quickly)? {side}\b"),
        MovePattern.Of(truck, $@"\b(?:trucking|tracking|dollying|crabbing|lateral)(?: (?:shot|move|movement|slide))?{Gap}{side}\b"),
        MovePattern.Ambiguous(truck, $@"\b(?:truck|track|slid|mov|glid|travel|drift|float|shift|fly|fli)(?:e|s|es|ing)?{Gap}{side}\b"),
    ];

    private static IEnumerable<MovePattern> Upright(Move tilt, Move pedestal, string direction) =>
    [
        MovePattern.Of(tilt, $@"\btilt(?:s|ed|ing)?{Gap}{direction}\b"),
        MovePattern.Of(tilt, $@"\b{direction} tilt\b"),
        MovePattern.Ambiguous(tilt, $@"\bpan(?:s|ned|ning)?{Gap}{direction}\b"),
        MovePattern.Ambiguous(tilt, $@"\blook(?:s|ing)?{Gap}{direction}\b"),
        MovePattern.Of(pedestal, $@"\b(?:pedestal|boom)(?:s|ing)?{Gap}{direction}\b"),
        MovePattern.Ambiguous(pedestal, $@"\b(?:mov|slid|glid|drift|travel|float|ris|lift|climb|drop|go|fly|fli)(?:e|es|s|ing)?{Gap}{direction}\b"),
    ];
}
