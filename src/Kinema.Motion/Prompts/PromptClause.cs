using System.Text.RegularExpressions;

namespace Kinema.Motion.Prompts;

/// <summary>A clause of a prompt: the range within which a negation applies.</summary>
/// <param name="Text">Normalized text: lower case, hyphens as spaces, one space between words.</param>
/// <param name="NegationStart">Index from which everything is negated; the text length when nothing is.</param>
/// <param name="StartsSentence">False after a comma, "then", "while" and similar words.</param>
internal sealed record PromptClause(string Text, int NegationStart, ClauseConnective Connective, bool StartsSentence)
{
    private const string SentenceEnds = @"[.;!?\n。；！？]";
    private const string SequenceMarkers = @"\b(?:and then|then|after that|after which|afterwards?|finally|eventually|followed by|next(?! to\b)|before(?= [a-z]+ing\b))\b|然后|接着|接下来|随后|之后|而后|最后|最终|再(?![次现生见])|(?<=先[^，。；]{1,12}|[近远进出移摇高低大小绕])后(?=[再左右上下推拉摇移放缩环])";
    private const string SimultaneityMarkers = @"\b(?:while|as|at the same time|simultaneously|meanwhile)\b|同时|一边";

    private static readonly Regex _clauseBreaks = MovePattern.Compile($@"(?<sentence>{SentenceEnds})|(?<next>{SequenceMarkers})|(?<together>{SimultaneityMarkers})|[,:，：、()""]|\b(?:but|just|only)\b|但是?|而是");

    private static readonly Regex _negation = MovePattern.Compile(
        @"\b(?:no|not|don't|doesn't|shouldn't|mustn't|isn't|never|without|avoid|avoiding|nor|zero(?= camera)|instead of|rather than)\b|不要|不得|不可|不能|不需要?|不做|不进行|没有|禁止|避免|请勿|切勿|(?<=镜头|相机|摄像机|摄影机|机位|画面|稳定)(?:不(?![断停时久同])|无(?!人机))");

    private static readonly Regex _chineseNegation = MovePattern.Compile("^(?:不(?![断停时久])|无(?!人机)|别|勿)");

    /// <summary>"No zoom, pan or tilt": a clause of nothing but camera nouns continues the negation of the clause before it.</summary>
    private static readonly Regex _continuesList = MovePattern.Compile(@"^(?:(?:or|and|nor|any|camera|pan|panning|tilt|tilting|zoom|zooming|truck|trucking|dolly|track|tracking|movements?|motion)\s*)+$");

    private static readonly Regex _clauseOpening = MovePattern.Compile(
        @"^(?:(?:a|an|the|and|with|please|let|make|do|we|very|slow|fast|quick|gentle|subtle|smooth|steady|rapid|gradual|cinematic|soft|[a-z]+ly)(?: |$)|(?:镜头|缓慢|缓缓|慢慢|轻轻|快速|迅速|向前|向后|地|的) ?)*$");

    /// <summary>A mention of the camera. Excludes people who look at or walk towards the camera, and things that happen within the frame.</summary>
    private static readonly Regex _cameraMention = MovePattern.Compile(
        @"\b(?:camera|shot|lens|view|viewpoint|frame|perspective)\b(?<!\b(?:at|to|towards?|into|facing|from|past|in|her|his|their|holding)(?: the| a| her| his)? [a-z]+)|\b(?:drone|gimbal|steadicam|pov|fpv|first person)\b|(?<![向对朝着往看])(?:镜头|相机|摄像机|摄影机)|机位|画面(?![中里上内])|视角|无人机|航拍");

    /// <summary>"It" means the camera after a clause about the camera.</summary>
    private static readonly Regex _pronounOnly = MovePattern.Compile(@"^(?:it|它) ?(?:[a-z]+ly )?$");

    private static readonly Regex _cameraFollows = MovePattern.Compile(@"^ ?(?:\w+ )?(?:camera|shot|view|movement)\b|^镜头");

    /// <summary>A clause that only describes the manner of the previous move: "pan left, slow and smooth".</summary>
    private static readonly Regex _mannerOnly = MovePattern.Compile(
        @"^(?:(?:a|an|at|in|with|and|very|really|quite|the|is|slow|slowly|gentle|gently|subtle|subtly|gradual|gradually|fast|quick|quickly|rapid|rapidly|smooth|smoothly|steady|steadily|pace|speed|movement|motion|manner)(?: |$)|(?:速度|节奏|动作|很|非常|缓慢|缓缓|慢慢|轻轻|快速|迅速|平稳|流畅|地|而|且))+$");

    public static IReadOnlyList<PromptClause> Split(string? prompt, bool ruledOut)
    {
        List<PromptClause> clauses = [];
        var (negatedBefore, connective, opensSentence, start) = (false, ClauseConnective.Sequential, true, 0);
        var normalized = Normalize(prompt ?? "");
        foreach (Match found in _clauseBreaks.Matches(normalized))
        {
            Add(normalized[start..found.Index]);
            start = found.Index + found.Length;
            // "。同时" refers to the text before the full stop: the word takes precedence over the punctuation.
            if (found.Groups["together"].Success)
                (connective, opensSentence) = (ClauseConnective.Simultaneous, false);
            else if (found.Groups["next"].Success)
                (connective, opensSentence) = (ClauseConnective.Sequential, false);
            else if (found.Groups["sentence"].Success)
                (connective, opensSentence) = (ClauseConnective.Sequential, true);
        }

        Add(normalized[start..]);
        return clauses;

        void Add(string piece)
        {
            var text = piece.Trim();
            if (text.Length == 0)
                return;
            var from = ruledOut || (negatedBefore && _continuesList.IsMatch(text)) ? 0 : FindNegation(text);
            negatedBefore = from < text.Length;
            clauses.Add(new PromptClause(text, from, connective, opensSentence));
            (connective, opensSentence) = (ClauseConnective.List, false);
        }
    }

    /// <summary>Whether an ambiguous term at this position refers to the camera.</summary>
    /// <param name="cameraBefore">Whether the previous clause is about the camera; a clause without a subject then continues it.</param>
    public bool RefersToCamera(int start, int end, bool cameraBefore) =>
        (_clauseOpening.IsMatch(Text[..start]) && (StartsSentence || cameraBefore || IsImperative(Text[start..end])))
        || (cameraBefore && _pronounOnly.IsMatch(Text[..start])) || _cameraMention.IsMatch(Text[..start]) || _cameraFollows.IsMatch(Text[end..]);

    public bool IsMannerOnly => _mannerOnly.IsMatch(Text);

    /// <summary>
    /// Whether the verb is imperative. "Move closer" is a request; "moving closer" and "moves closer" after a comma describe somebody in the picture.
    /// </summary>
    private static bool IsImperative(string term)
    {
        var verb = term.Split(' ', 2)[0];
        return !verb.EndsWith('s') && !verb.EndsWith("ing", StringComparison.Ordinal);
    }

    public bool MentionsCamera => _cameraMention.IsMatch(Text);

    private static int FindNegation(string text) =>
        _chineseNegation.IsMatch(text) ? 0 : _negation.Match(text) is { Success: true } found ? found.Index : text.Length;

    private static string Normalize(string prompt)
    {
        var text = prompt.ToLowerInvariant().Replace('’', '\'').Replace('-', ' ').Replace('\t', ' ');
        foreach (var (pattern, replacement) in _normalizations)
            text = pattern.Replace(text, replacement);
        return text;
    }

    /// <summary>"Follows her as she walks left" is one clause: the subject's direction is the camera's.</summary>
    private static readonly Regex _followedSubjectMoves = MovePattern.Compile(
        @"\b(?:as|while) (?<=\b(?:follow|track)(?:s|ing)?\b[^.,;!?\n]{1,40} [a-z]+ )(?=(?:he|she|it|they|the [a-z]+) [a-z]+(?: [a-z]+ly)?(?: to| towards?)?(?: the)? (?:left|right)\b)");

    private static readonly (Regex Pattern, string Replacement)[] _normalizations =
    [
        (MovePattern.Compile(" {2,}"), " "),
        (MovePattern.Compile(@"\b(?:counter|anti) ?clockwise\b"), "counterclockwise"),
        (MovePattern.Compile(" ?° ?"), " degree "),
        (MovePattern.Compile(@"\bcam\b"), "camera"),
        (MovePattern.Compile(@"\bcamera(?: movements?| motions?| moves?| work)? ?: ?(?:none|no(?: movement| motion)?)\b"), "static camera"),
        (MovePattern.Compile(@"(?:镜头|运镜)(?:运动|移动|方式)? ?[:：] ?(?:无|没有)(?!人)"), "固定镜头"),
        (MovePattern.Compile(@"\b(?:from (?:the )?)?left to (?:the )?right\b"), "to right"),
        (MovePattern.Compile(@"\b(?:from (?:the )?)?right to (?:the )?left\b"), "to left"),
        (MovePattern.Compile(@"\bfrom (?:the )?(?:bottom|ground) to (?:the )?top\b"), "up"),
        (MovePattern.Compile(@"\bfrom (?:the )?top to (?:the )?bottom\b"), "down"),
        (MovePattern.Compile("[从由自]左[向到至往]右"), "向右"),
        (MovePattern.Compile("[从由自]右[向到至往]左"), "向左"),
        (MovePattern.Compile("[从由自]下[向到至往]上"), "向上"),
        (MovePattern.Compile("[从由自]上[向到至往]下"), "向下"),
        (MovePattern.Compile(@"\b((?:left|right|in|out|forward|back)(?:wards?)?) and (?:to )?(?=(?:up|down)(?:wards?)?\b(?! and\b))|\b((?:up|down)(?:wards?)?) and (?:to(?:wards?)? )?(?:the )?(?=(?:left|right)(?:wards?)?\b(?! and\b))"), "$1$2 while "),
        (MovePattern.Compile(@"\b(in|left|up) and (out|right|down)\b(?! of)|\b(out|right|down) and (in|left|up)\b"), "$1$3, then $2$4"),
        (_followedSubjectMoves, ""),
        (MovePattern.Compile(@"\bleftwards?\b"), "left"),
        (MovePattern.Compile(@"\brightwards?\b"), "right"),
        (MovePattern.Compile(@"\bupwards?\b"), "up"),
        (MovePattern.Compile(@"\bdownwards?\b"), "down"),
        (MovePattern.Compile(@"\binwards?\b"), "in"),
        (MovePattern.Compile(@"\boutwards?\b"), "out"),
        (MovePattern.Compile(@"\bforwards\b"), "forward"),
        (MovePattern.Compile(@"\bbackwards?\b"), "back"),
    ];
}
