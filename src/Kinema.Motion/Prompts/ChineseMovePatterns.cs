namespace Kinema.Motion.Prompts;

/// <summary>Chinese patterns of the camera moves.</summary>
internal static class ChineseMovePatterns
{
    /// <summary>Adverbs and similar words allowed inside a term.</summary>
    private const string Gap = "[^，。；、！？左右上下不无没]{0,4}?";

    private const string Camera = "(?:镜头|相机|摄像机|摄影机|机位|画面|视角)";

    private static readonly Move[] _moving = [.. Moves.All.Where(move => move != Move.Static)];

    public static IReadOnlyList<MovePattern> All { get; } =
    [
        .. Composites(),
        .. Sideways(Move.PanLeft, Move.TruckLeft, "左"),
        .. Sideways(Move.PanRight, Move.TruckRight, "右"),
        MovePattern.Of(Move.TiltUp, $"上摇|[向往朝]上{Gap}[摇抬仰]|仰起|{Camera}{Gap}(?:上仰|上抬|抬起|仰拍)"),
        MovePattern.Of(Move.TiltDown, $"下摇|[向往朝]下{Gap}摇|俯下"),
        MovePattern.Of(Move.PedestalUp, $"升镜头|{Camera}{Gap}(?:上升|升起|升高|抬升|拉升|上移)|[向往朝]上{Gap}移"),
        MovePattern.Of(Move.PedestalDown, $"降镜头|{Camera}{Gap}(?:下降|降低|下移)|[向往朝]下{Gap}移"),
        MovePattern.Ambiguous(Move.PedestalUp, "(?:上升|升起|升高)(?!的)"),
        MovePattern.Ambiguous(Move.PedestalDown, "下降(?!的)"),
        .. Directions(),

        MovePattern.Of(Move.ZoomIn, "变焦推|放大(?!镜)"),
        MovePattern.Of(Move.ZoomOut, "变焦拉|缩小"),
        MovePattern.Of(Move.PushIn, $"推进|推近|拉近|推镜|前推|{Camera}{Gap}推|[远全]景{Gap}推|{Camera}{Gap}(?:前进|前移|靠近|接近|逼近|穿过|穿越|[向往朝]前)"),
        MovePattern.Of(Move.PullOut, $"拉远|后拉|拉镜|拉出|{Camera}{Gap}拉|{Camera}{Gap}(?:后退|后移|退后|倒退|远离|[向往]后)"),
        MovePattern.Ambiguous(Move.PushIn, "推(?![开着车门动翻倒])|[从由]远(?:景)?[及到至而]近"),
        MovePattern.Ambiguous(Move.PullOut, "拉(?![开着手起住扯伸链])|[从由]近(?:景)?[及到至而]远"),

        MovePattern.Of(Move.Static, $"(?:固定|静止|静态)(?:的)?{Camera}|{Camera}(?:不要|没有|不会|不得|不能|不可|别|无)(?:任何|明显)?(?:移动|运动|动(?![作画态感]))|{Camera}(?:保持)?不变|{Camera}(?:保持|完全|始终|一直)*(?:静止|固定|不动|不移动)|(?:构图|取景)(?:保持)?(?:不变|固定)|固定拍摄|[无不没][有要]?{Gap}(?:运镜|{Camera}运动|{Camera}移动|移动{Camera})"),
        MovePattern.Of(Move.Static, "^(?:静止|固定|不动)$"),

        MovePattern.Undirected("变焦|缩放", Move.ZoomIn, Move.ZoomOut),
        MovePattern.Undirected("横移|平移|移镜头", Move.TruckLeft, Move.TruckRight),
        MovePattern.Undirected("横摇|摇镜头?", Move.PanLeft, Move.PanRight),
        MovePattern.AmbiguousUndirected("横扫|扫过", Move.PanLeft, Move.PanRight),
        MovePattern.Ambiguous(Move.Handheld, "摇晃"),
        MovePattern.NegatedOnly("摇", Move.PanLeft, Move.PanRight, Move.TiltUp, Move.TiltDown),
        MovePattern.NegatedOnly($"运镜|{Camera}运动|{Camera}移动|移动{Camera}", _moving),
        MovePattern.NegatedOnly("静态|静止", Move.Static),
    ];

    /// <summary>Patterns of composite moves. They run before the basic ones: 摇臂 is not 摇, 希区柯克变焦 is not 变焦.</summary>
    private static IEnumerable<MovePattern> Composites() =>
    [
        MovePattern.Of(Move.Handheld, $"{Camera}{Gap}左右(?:摇晃|晃动|摆动)"),
        MovePattern.Undirected("升降镜头", Move.PedestalUp, Move.PedestalDown),
        MovePattern.Undirected("希区柯克变焦|希区柯克式变焦|滑动变焦|眩晕变焦|推轨变焦", Move.DollyZoomIn, Move.DollyZoomOut),
        MovePattern.Of(Move.RollCounter, $"逆时针{Gap}(?:旋转|转动|侧滚|滚转|翻滚){Camera}|{Camera}{Gap}逆时针{Gap}(?:旋转|转动|侧滚|滚转|翻滚)|(?:向左|逆时针)侧滚|侧滚[向往]左"),
        MovePattern.Of(Move.RollClockwise, $"顺时针{Gap}(?:旋转|转动|侧滚|滚转|翻滚){Camera}|{Camera}{Gap}顺时针{Gap}(?:旋转|转动|侧滚|滚转|翻滚)|(?:向右|顺时针)侧滚|侧滚[向往]右"),
        MovePattern.Undirected($"侧滚|{Camera}{Gap}(?:翻滚|滚转)|荷兰角", Move.RollClockwise, Move.RollCounter),

        .. Orbits(Move.OrbitLeft, "(?:[向往朝]左|从右[向到至往]左|顺时针)", "(?:[向往朝]右|逆时针)"),
        .. Orbits(Move.OrbitRight, "(?:[向往朝]右|从左[向到至往]右|逆时针)", "(?:[向往朝]左|顺时针)"),
        MovePattern.Undirected($"环绕(?<!(?:鸟群?|蝴蝶|烟雾?|云雾?|雾气?|光芒?|火焰|群山|绿树)环绕)|环拍|旋转(?<!(?:舞者|舞女|风车|车轮|轮子|叶片|风扇|陀螺|女孩|男孩|[她他])旋转)(?!木马|楼梯|门|餐厅)|(?:产品|商品|瓶子?|鞋子?|手表|物体|模型|雕像|花瓶|展示?台)[^，。；、！？]{{0,8}}?转动|转盘|转台|自转|{Camera}{Gap}围?绕|围绕着?(?:主体|人物|产品|物体|雕像)", Move.OrbitRight, Move.OrbitLeft),
        MovePattern.AmbiguousUndirected("围绕|绕", Move.OrbitRight, Move.OrbitLeft),

        MovePattern.Of(Move.CraneDown, $"摇臂{Gap}(?:下降|降|[向往]下)"),
        MovePattern.Undirected($"摇臂(?:{Gap}(?:上升|升起|升|[向往]上))?", Move.CraneUp, Move.CraneDown),

        MovePattern.Of(Move.DroneBack, $"(?:航拍|无人机|俯拍){Gap}(?:后退|拉远|后拉|拉升|飞离|向后)"),
        MovePattern.Of(Move.DroneForward, $"(?:航拍|无人机|俯拍){Gap}(?:前进|前飞|推进|飞过|飞越|穿越|向前)|{Camera}{Gap}(?:飞过|飞越|掠过)"),
        MovePattern.Viewpoint("航拍|俯拍|鸟瞰|无人机", Move.DroneForward, Move.DroneBack),

        MovePattern.Of(Move.FollowLeft, $"(?:[向往朝]左{Gap}(?:跟拍|跟随)|(?:跟拍|{Camera}{Gap}跟随)[^，。；！？右]{{0,8}}[向往朝]左[^摇移平]?$)"),
        MovePattern.Undirected($"跟拍|跟镜头|{Camera}{Gap}(?:跟随|跟着|跟踪)|跟随(?:主体|拍摄|镜头)", Move.FollowRight, Move.FollowLeft),
        MovePattern.AmbiguousUndirected("跟随", Move.FollowRight, Move.FollowLeft),

        MovePattern.Of(Move.Handheld, $"手持(?:镜头|拍摄|摄影|摄像|跟拍|感|效果|风格|运镜|晃动)|^手持$|{Camera}{Gap}(?:手持|晃动|抖动)"),
        MovePattern.Ambiguous(Move.Handheld, "晃动|抖动"),
    ];

    /// <summary>
    /// A camera mention with nothing but a direction is a pan or tilt: 镜头由下至上, normalized to 镜头向上. 画面 does not count: things stand from left to right in
    /// it.
    /// </summary>
    private static IEnumerable<MovePattern> Directions()
    {
        const string Turns = "(?<![向对朝着往看])(?:镜头|相机|摄像机|摄影机|机位|视角)" + Gap + "[向往朝]";
        const string Alone = "(?![方面侧]|[^，。；、！？]{0,4}[#升降移飞抬拉推绕转滑摇仰俯])(?:[^，。；、！？]{0,4}?扫过?)?";
        return
        [
            MovePattern.Of(Move.TiltUp, $"{Turns}上{Alone}"),
            MovePattern.Of(Move.TiltDown, $"{Turns}下{Alone}"),
            MovePattern.Of(Move.PanLeft, $"{Turns}左{Alone}"),
            MovePattern.Of(Move.PanRight, $"{Turns}右{Alone}"),
        ];
    }

    private static IEnumerable<MovePattern> Orbits(Move move, string direction, string oppositeDirection) =>
    [
        MovePattern.Of(move, $"{direction}{Gap}(?:环绕|绕)|(?:环绕|绕着?)[^，。；！？]{{0,6}}?{direction}"),
        MovePattern.Of(move, $"{oppositeDirection}{Gap}(?:旋转|自转)|(?:旋转|自转)[^，。；！？]{{0,3}}?{oppositeDirection}"),
    ];

    private static IEnumerable<MovePattern> Sideways(Move pan, Move truck, string side) =>
    [
        MovePattern.Of(pan, $"{side}摇(?![晃摆曳])|[向往朝]{side}{Gap}摇(?![晃摆曳])|摇[向到至往]{side}"),
        MovePattern.Ambiguous(pan, $"{side}转|[向往朝]{side}{Gap}转"),
        MovePattern.Of(truck, $"(?<![向往朝]){side}移|(?:横移|平移|移动?)[向到至往]{side}|[向往朝]{side}{Gap}(?:横移|平移)"),
        MovePattern.Ambiguous(truck, $"[向往朝]{side}{Gap}[移滑]"),
    ];
}
