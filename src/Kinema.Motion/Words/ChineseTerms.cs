namespace Kinema.Motion.Words;

/// <summary>The Chinese terms of the camera grammar.</summary>
internal static class ChineseTerms
{
    /// <summary>Adverbs and the like that may stand inside a term.</summary>
    private const string Gap = "[^，。；、！？左右上下不]{0,4}?";

    private const string Camera = "(?:镜头|相机|摄像机|摄影机|机位|画面|视角)";

    private static readonly Move[] _moving = [.. Moves.All.Where(move => move != Move.Static)];

    public static IReadOnlyList<Term> All { get; } =
    [
        .. Sideways(Move.PanLeft, Move.TruckLeft, "左"),
        .. Sideways(Move.PanRight, Move.TruckRight, "右"),
        Term.Of(Move.TiltUp, $"上摇|[向往朝]上{Gap}摇|仰起"),
        Term.Of(Move.TiltDown, $"下摇|[向往朝]下{Gap}摇|俯下"),
        Term.Of(Move.PedestalUp, $"升镜头|{Camera}{Gap}(?:上升|升起|升高|上移)|[向往朝]上{Gap}移"),
        Term.Of(Move.PedestalDown, $"降镜头|{Camera}{Gap}(?:下降|降低|下移)|[向往朝]下{Gap}移"),
        Term.Everyday(Move.PedestalUp, "上升"),
        Term.Everyday(Move.PedestalDown, "下降"),

        Term.Of(Move.ZoomIn, "变焦推|放大"),
        Term.Of(Move.ZoomOut, "变焦拉|缩小"),
        Term.Of(Move.PushIn, $"推进|推近|拉近|推镜|前推|{Camera}{Gap}推"),
        Term.Of(Move.PullOut, $"拉远|后拉|拉镜|拉出|{Camera}{Gap}拉"),
        Term.Everyday(Move.PushIn, "推"),
        Term.Everyday(Move.PullOut, "拉"),

        Term.Of(Move.Static, $"(?:固定|静止)(?:的)?{Camera}|{Camera}(?:保持|完全|始终|一直)*(?:静止|固定|不动|不移动)|固定拍摄|[无不没][有要]?{Gap}(?:运镜|{Camera}运动|{Camera}移动|移动{Camera})"),
        Term.Of(Move.Static, "^(?:静止|固定|不动)$"),

        Term.Vague("变焦|缩放", Move.ZoomIn, Move.ZoomOut),
        Term.Vague("横移|平移", Move.TruckLeft, Move.TruckRight),
        Term.RuledOut("摇", Move.PanLeft, Move.PanRight, Move.TiltUp, Move.TiltDown),
        Term.RuledOut($"运镜|{Camera}运动|{Camera}移动|移动{Camera}", _moving),
        Term.RuledOut("静态|静止", Move.Static),
    ];

    private static IEnumerable<Term> Sideways(Move pan, Move truck, string side) =>
    [
        Term.Of(pan, $"{side}摇|[向往朝]{side}{Gap}摇|摇[向到至往]{side}"),
        Term.Everyday(pan, $"{side}转|[向往朝]{side}{Gap}转"),
        Term.Of(truck, $"{side}移|(?:横移|平移|移动?)[向到至往]{side}|[向往朝]{side}{Gap}[移滑]"),
    ];
}
