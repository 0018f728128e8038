using System.Text.RegularExpressions;

namespace Kinema.Motion.Words;

/// <summary>Moves of the camera grammar that this engine does not make. They are taken out of the text first, so that "dolly zoom" is not read as "zoom".</summary>
internal static class UnmadeTerms
{
    public static IReadOnlyList<(string Name, Regex Pattern)> All { get; } =
    [
        ("dolly zoom", Term.Compile(@"\b(?:dolly zoom|zolly|vertigo)(?:s|ing)?(?: effect| shot)?(?: (?:in|out))?\b|希区柯克变焦|滑动变焦")),
        ("orbit", Term.Compile(@"\b(?:orbit(?:s|ing)?|arc(?:s|ing)?|circl(?:e|es|ing)|revolv(?:e|es|ing)|rotat(?:e|es|ing|ion)|turntable|spin(?:s|ning)?)\b(?: (?:shot|camera|clockwise|to|the|left|right|around))*|环绕|旋转|绕")),
        ("roll", Term.Compile(@"\b(?:barrel roll|dutch (?:roll|tilt|angle)|(?:camera )?roll(?:s|ing)? (?:clockwise|counter ?clockwise|counter|left|right))\b|侧滚|顺时针|逆时针")),
        ("crane", Term.Compile(@"\b(?:crane|craning|jib)(?: shot)?(?: (?:up|down))?\b|摇臂(?:上升|下降|升|降)?")),
        ("whip pan", Term.Compile(@"\b(?:whip|swish)(?: pan(?:s|ning)?)?(?: (?:to|the|left|right|up|down))*\b|甩镜头?")),
        ("follow", Term.Compile(@"\bfollow(?:s|ing)?\b|\btrack(?:s|ing)? (?:the|a|his|her|their|its) (?:subject|man|woman|person|car|dog|cat|animal|runner)\b|跟拍|跟随")),
        ("handheld", Term.Compile(@"\b(?:hand ?held|shaky)(?: camera| shot)?\b|手持|晃动")),
        ("drone", Term.Compile(@"\b(?:aerial|drone|fly ?over)(?: shot| view)?\b|航拍|俯拍")),
        ("focus pull", Term.Compile(@"\b(?:rack focus|focus pull|pull focus|shallow depth of field)\b|变焦点|浅景深")),
    ];
}
