namespace Kinema.Motion.Words;

/// <summary>The English terms of the camera grammar. They read text in lower case, with hyphens as spaces and "leftwards" as "left".</summary>
internal static class EnglishTerms
{
    /// <summary>Words that may stand between a verb and its direction.</summary>
    private const string Gap = @"(?: (?:to|towards?|the|across|over|camera|shot|view|slow|fast|very|a|bit|little|[a-z]+ly))* ";

    /// <summary>What a camera does forward or back as well as anybody else does.</summary>
    private const string Goes = @"\b(?:(?:mov|glid|slid|advanc|eas)(?:e|es|ing)|(?:travel|drift|float|track|push|head|walk|rush)(?:s|es|ling|ing)?|go(?:es|ing)?)";

    private static readonly Move[] _pans = [Move.PanLeft, Move.PanRight];
    private static readonly Move[] _tilts = [Move.TiltUp, Move.TiltDown];
    private static readonly Move[] _trucks = [Move.TruckLeft, Move.TruckRight];
    private static readonly Move[] _pedestals = [Move.PedestalUp, Move.PedestalDown];
    private static readonly Move[] _zooms = [Move.ZoomIn, Move.ZoomOut];
    private static readonly Move[] _dollies = [Move.PushIn, Move.PullOut];
    private static readonly Move[] _moving = [.. Moves.All.Where(move => move != Move.Static)];

    public static IReadOnlyList<Term> All { get; } =
    [
        .. EnglishSpecials.All,
        .. Sideways(Move.PanLeft, Move.TruckLeft, "left"),
        .. Sideways(Move.PanRight, Move.TruckRight, "right"),
        .. Upright(Move.TiltUp, Move.PedestalUp, "up"),
        .. Upright(Move.TiltDown, Move.PedestalDown, "down"),
        Term.Everyday(Move.PedestalUp, @"\b(?:rises?|rising|ascends?|ascending)\b|\blift(?:s|ing)(?: [a-z]+ly)?(?= (?:up|above|over|off)\b|$)"),
        Term.Everyday(Move.PedestalDown, @"\b(?:descends?|descending)\b|\blower(?:s|ing)(?: [a-z]+ly)?(?= (?:to|towards?|down|into)\b|$)"),

        // Said every day, though a pan goes sideways: "pan up" is a tilt, "pan out" a pull.
        Term.Everyday(Move.PushIn, $@"\bpan(?:s|ned|ning)?{Gap}(?:in(?= (?:on|to|closer|slowly)\b|$)|closer)(?: on| to)?\b"),
        Term.Everyday(Move.PullOut, $@"\bpan(?:s|ned|ning)?{Gap}(?:out|back|away)\b"),

        Term.Of(Move.PushIn, $@"\b(?:dolly|dollies|dollying){Gap}(?:in|into|forward)\b"),
        Term.Of(Move.PushIn, $@"\bpush(?:es|ed|ing)?{Gap}in\b"),
        Term.Everyday(Move.PushIn, $@"\b(?:mov(?:e|es|ing)|com(?:e|es|ing)|go(?:es|ing)?|gets?|getting|push(?:es|ing)?|clos(?:e|es|ing)){Gap}(?:closer|forward|in(?! (?:sync|time|step|unison|parallel|circles?|an?)\b))\b"),
        Term.Everyday(Move.PushIn, $@"{Goes}{Gap}(?:closer|forward|towards?(?! (?:the |a )?(?:camera|lens|viewer)\b)|into|through)\b"),
        Term.Everyday(Move.PushIn, @"\b(?:approach|approaches|approaching)\b|\badvanc(?:es|ing)\b"),
        Term.Of(Move.PullOut, @"\breverse dolly\b"),
        Term.Everyday(Move.PullOut, $@"{Goes}{Gap}(?:out|back|away)\b|\bretreat(?:s|ing)?\b|\bback(?:s|ing) (?:away|up|off)\b"),
        Term.Of(Move.PullOut, $@"\b(?:dolly|dollies|dollying){Gap}(?:out|back)\b"),
        Term.Everyday(Move.PullOut, $@"\b(?:pull(?:s|ed|ing)?|mov(?:e|es|ing)){Gap}(?:out|back|away)\b"),
        Term.Of(Move.ZoomIn, $@"\bzoom(?:s|ed|ing)?{Gap}(?:in|into)\b"),
        Term.Of(Move.ZoomOut, $@"\bzoom(?:s|ed|ing)?{Gap}out\b(?! of (?:the )?(?:frame|shot|view|picture|screen|sight)\b)|\bout zoom\b"),

        Term.Of(Move.Static, @"\b(?:static|stationary|motionless|immobile|fixed|still|locked)(?: off)? (?:camera|shot|frame|framing|view|angle)\b"),
        Term.Of(Move.Static, @"\b(?:camera|shot|frame|framing|composition|view)(?: (?:is|stays?|remains?|holds|held|kept|keeps|stands|should|must|perfectly|completely|totally))* (?:static|stationary|motionless|still|fixed|locked|unchanged|the same)\b"),
        Term.Of(Move.Static, @"\b(?:keep|keeping|maintain|maintaining|hold|holding) the same (?:framing|composition|shot|view|camera angle)\b"),
        Term.Of(Move.Static, @"\b(?:locked off|locked down|(?:on a )?tripod|static(?! (?:electricity|noise|charge|background|backdrop|scene|pose|subject|object|product)))\b"),
        Term.Viewpoint(@"\bstatic (?:background|backdrop|scene)\b", Move.Static),
        Term.Of(Move.Static, @"\b(?:camera|shot|frame|view)(?: (?:is|stays|remains|holds|held|kept|keeps))+(?: very| perfectly)? steady\b"),
        Term.Of(Move.Static, @"^(?:absolutely )?(?:no|without) (?:movements?|motion)(?: at all)?$|\bcamera (?:without|with no)(?: any)? (?:movement|motion)\b"),
        Term.Of(Move.Static, @"^(?:fixed|still)$"),
        Term.Of(Move.Static, @"\b(?:camera|shot|frame|view) (?:(?:does|do|should|must|shall|will|is) not|doesn't|shouldn't|mustn't|won't|isn't|never|not)(?: be)? (?:moves?|moved|moving)\b(?! (?:left|right|up|down|in|out|closer|forward|back|around|away|towards?)\b)"),
        Term.Of(Move.Static, @"\b(?:do not|don't|never|not|without) mov(?:e|ing) (?:the )?camera\b"),

        // Without a direction. They stand last, so that a directed term in the same place wins.
        Term.Vague(@"\bzoom(?:s|ed|ing)?\b(?! (?:past|by|call|calls|meeting|meetings|lens|away|off|out of)\b)", _zooms),
        Term.Vague(@"\b(?:camera(?: [a-z]+ly)? pan(?:s|ning)?|panning|pan across|pan shot|(?:slow|smooth|gentle|cinematic|horizontal|steady|quick|fast|subtle|gradual|sweeping) pan)\b", _pans),
        Term.VagueEveryday(@"\b(?:sweeps?|sweeping) (?:across|over|along)\b", _pans),
        Term.Vague(@"\bdolly (?:shot|move|movement|effect)\b", _dollies),
        Term.Vague(@"\b(?:lateral(?:ly)?|trucking|truck shot)\b", _trucks),
        Term.Vague(@"\btracking shot\b", Move.FollowRight, Move.FollowLeft),
        Term.RuledOut(@"\bpan(?:s|ning)?\b", _pans),
        Term.RuledOut(@"\btilt(?:s|ing)?\b", _tilts),
        Term.RuledOut(@"\b(?:truck(?:s|ing)?|track(?:s|ing)?|slid(?:e|es|ing))\b", _trucks),
        Term.RuledOut(@"\bpedestal\b", _pedestals),
        Term.RuledOut(@"\b(?:dolly|dollying)\b", _dollies),
        Term.RuledOut(@"\b(?:roll|rolls|rolling)\b", Move.RollClockwise, Move.RollCounter),
        Term.RuledOut(@"\b(?:spin|spins|spinning|circling)\b", Move.OrbitRight, Move.OrbitLeft),
        Term.RuledOut(@"\b(?:crane|jib)\b", Move.CraneUp, Move.CraneDown),
        Term.RuledOut(@"\b(?:shaking|shake|wobble|jitter)\b", Move.Handheld),
        Term.RuledOut(@"\bpush(?:ing)?\b", Move.PushIn),
        Term.RuledOut(@"\bpull(?:ing)?\b", Move.PullOut),
        Term.RuledOut(@"(?<!\b(?:sudden|abrupt|fast|quick|rapid|jerky|shaky|excessive|sharp|unnecessary) )\b(?:camera (?:movements?|motions?|moves?|moving)|(?:moving|any) camera|movements? of the camera)\b", _moving),
    ];

    private static IEnumerable<Term> Sideways(Move pan, Move truck, string side) =>
    [
        Term.Of(pan, $@"\bpan(?:s|ned|ning)?{Gap}{side}\b"),
        Term.Of(pan, $@"\b{side} pan\b"),
        Term.Everyday(pan, $@"\btilt(?:s|ed|ing)?{Gap}{side}\b"),
        Term.Everyday(pan, $@"\b(?:turn|look|sweep|swing|swivel)(?:s|ing)?{Gap}{side}\b"),
        Term.Of(truck, $@"\b(?:truck|track|dolly|crab)(?:s|ing)?(?: slowly| gently| quickly)? {side}\b"),
        Term.Of(truck, $@"\b(?:trucking|tracking|dollying|crabbing|lateral)(?: (?:shot|move|movement|slide))?{Gap}{side}\b"),
        Term.Everyday(truck, $@"\b(?:truck|track|slid|mov|glid|travel|drift|float|shift|fly|fli)(?:e|s|es|ing)?{Gap}{side}\b"),
    ];

    private static IEnumerable<Term> Upright(Move tilt, Move pedestal, string way) =>
    [
        Term.Of(tilt, $@"\btilt(?:s|ed|ing)?{Gap}{way}\b"),
        Term.Of(tilt, $@"\b{way} tilt\b"),
        Term.Everyday(tilt, $@"\bpan(?:s|ned|ning)?{Gap}{way}\b"),
        Term.Everyday(tilt, $@"\blook(?:s|ing)?{Gap}{way}\b"),
        Term.Of(pedestal, $@"\b(?:pedestal|boom)(?:s|ing)?{Gap}{way}\b"),
        Term.Everyday(pedestal, $@"\b(?:mov|slid|glid|drift|travel|float|ris|lift|climb|drop|go|fly|fli)(?:e|es|s|ing)?{Gap}{way}\b"),
    ];
}
