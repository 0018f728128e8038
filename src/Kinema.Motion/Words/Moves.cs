namespace Kinema.Motion.Words;

internal static class Moves
{
    public static IReadOnlyList<Move> All { get; } = Enum.GetValues<Move>();

    /// <summary>As written in <c>model_data</c>.</summary>
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
        _ => "static",
    };

    /// <summary>Where the camera goes.</summary>
    public static string Direction(this Move move) => move switch
    {
        Move.PushIn or Move.ZoomIn => "in",
        Move.PullOut or Move.ZoomOut => "out",
        Move.PanLeft or Move.TruckLeft => "left",
        Move.PanRight or Move.TruckRight => "right",
        Move.TiltUp or Move.PedestalUp => "up",
        Move.TiltDown or Move.PedestalDown => "down",
        _ => "none",
    };

    /// <summary>What the content does on screen.</summary>
    public static string Content(this Move move) => move switch
    {
        Move.PushIn or Move.ZoomIn => "expands",
        Move.PullOut or Move.ZoomOut => "contracts",
        Move.PanLeft or Move.TruckLeft => "moves right",
        Move.PanRight or Move.TruckRight => "moves left",
        Move.TiltUp or Move.PedestalUp => "moves down",
        Move.TiltDown or Move.PedestalDown => "moves up",
        _ => "stays",
    };
}
