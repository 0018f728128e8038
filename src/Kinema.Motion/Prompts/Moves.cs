namespace Kinema.Motion.Prompts;

internal static class Moves
{
    private static readonly Move[][] _includedMoves =
    [
        [Move.DollyZoomIn, Move.PushIn, Move.PullOut, Move.ZoomIn, Move.ZoomOut],
        [Move.DollyZoomOut, Move.PushIn, Move.PullOut, Move.ZoomIn, Move.ZoomOut],
        [Move.CraneUp, Move.PedestalUp, Move.TiltDown],
        [Move.CraneDown, Move.PedestalDown, Move.TiltUp],
        [Move.DroneForward, Move.PushIn, Move.PedestalUp, Move.TiltDown],
        [Move.DroneBack, Move.PullOut, Move.PedestalUp, Move.TiltDown],
        [Move.FollowLeft, Move.TruckLeft, Move.TruckRight],
        [Move.FollowRight, Move.TruckLeft, Move.TruckRight],
    ];

    public static IReadOnlyList<Move> All { get; } = Enum.GetValues<Move>();

    /// <summary>Name in <c>model_data</c>.</summary>
    public static string Name(this Move move) => move switch
    {
        Move.PushIn => "push_in",
        Move.PullOut => "pull_out",
        Move.ZoomIn => "zoom_in",
        Move.ZoomOut => "zoom_out",
        Move.PanLeft => "pan_left",
        Move.PanRight => "pan_right",
        Move.TiltUp => "tilt_up",
        Move.TiltDown => "tilt_down",
        Move.TruckLeft => "truck_left",
        Move.TruckRight => "truck_right",
        Move.PedestalUp => "pedestal_up",
        Move.PedestalDown => "pedestal_down",
        Move.DollyZoomIn => "dolly_zoom_in",
        Move.DollyZoomOut => "dolly_zoom_out",
        Move.OrbitLeft => "orbit_left",
        Move.OrbitRight => "orbit_right",
        Move.RollClockwise => "roll_clockwise",
        Move.RollCounter => "roll_counter_clockwise",
        Move.CraneUp => "crane_up",
        Move.CraneDown => "crane_down",
        Move.FollowLeft => "follow_left",
        Move.FollowRight => "follow_right",
        Move.DroneForward => "drone_forward",
        Move.DroneBack => "drone_back",
        Move.Handheld => "handheld",
        _ => "static",
    };

    /// <summary>Direction of the camera.</summary>
    public static string Direction(this Move move) => move switch
    {
        Move.PushIn or Move.ZoomIn or Move.DollyZoomIn or Move.DroneForward => "in",
        Move.PullOut or Move.ZoomOut or Move.DollyZoomOut or Move.DroneBack => "out",
        Move.PanLeft or Move.TruckLeft or Move.OrbitLeft or Move.FollowLeft => "left",
        Move.PanRight or Move.TruckRight or Move.OrbitRight or Move.FollowRight => "right",
        Move.TiltUp or Move.PedestalUp or Move.CraneUp => "up",
        Move.TiltDown or Move.PedestalDown or Move.CraneDown => "down",
        Move.RollClockwise => "clockwise",
        Move.RollCounter => "counter-clockwise",
        _ => "none",
    };

    /// <summary>Description of the on-screen motion.</summary>
    public static string ScreenMotion(this Move move) => move switch
    {
        Move.PushIn => "expands, near faster than far",
        Move.PullOut => "contracts, near faster than far",
        Move.ZoomIn => "expands, near and far alike",
        Move.ZoomOut => "contracts, near and far alike",
        Move.PanLeft => "moves right, near and far alike",
        Move.PanRight => "moves left, near and far alike",
        Move.TiltUp => "moves down, near and far alike",
        Move.TiltDown => "moves up, near and far alike",
        Move.TruckLeft => "moves right, near more than far",
        Move.TruckRight => "moves left, near more than far",
        Move.PedestalUp => "moves down, near more than far",
        Move.PedestalDown => "moves up, near more than far",
        Move.DollyZoomIn => "the subject keeps its size, the background shrinks away",
        Move.DollyZoomOut => "the subject keeps its size, the background swells",
        Move.OrbitLeft => "what lies behind the subject moves left, what lies before it right",
        Move.OrbitRight => "what lies behind the subject moves right, what lies before it left",
        Move.RollClockwise => "turns counter-clockwise",
        Move.RollCounter => "turns clockwise",
        Move.CraneUp => "near things sink, more is seen of the ground",
        Move.CraneDown => "near things rise, more is seen of the sky",
        Move.FollowLeft or Move.FollowRight => "the subject stays, the background drifts",
        Move.DroneForward => "expands while near things sink",
        Move.DroneBack => "contracts while near things sink",
        Move.Handheld => "sways a little",
        _ => "stays",
    };

    /// <summary>Whether the camera translates, which causes parallax.</summary>
    public static bool Translates(this Move move) => move is not (Move.ZoomIn or Move.ZoomOut or Move.PanLeft or Move.PanRight or Move.TiltUp or Move.TiltDown
        or Move.RollClockwise or Move.RollCounter or Move.Handheld or Move.Static);

    /// <summary>Whether the move gives the direction of a camera that follows a subject.</summary>
    public static bool DefinesDirection(this Move move) => move is not (Move.ZoomIn or Move.ZoomOut or Move.DollyZoomIn or Move.DollyZoomOut
        or Move.RollClockwise or Move.RollCounter or Move.Handheld or Move.Static);

    /// <summary>The reverse move; the move itself if it has none.</summary>
    public static Move Opposite(this Move move) => move is Move.Handheld or Move.Static ? move : (Move)((int)move ^ 1);

    /// <summary>Whether the two moves exclude each other.</summary>
    public static bool ConflictsWith(this Move move, Move other) =>
        move != other && (move == other.Opposite() || (move == Move.Static && other != Move.Handheld) || (other == Move.Static && move != Move.Handheld));

    /// <summary>Whether a move already includes another: a crane up includes a pedestal up.</summary>
    public static bool Includes(this Move move, Move other) => _includedMoves.Any(row => row[0] == move && row.AsSpan(1).Contains(other));
}
