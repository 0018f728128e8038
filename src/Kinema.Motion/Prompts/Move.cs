namespace Kinema.Motion.Prompts;

/// <summary>Camera moves, by their names in cinematography.</summary>
internal enum Move
{
    PushIn,
    PullOut,
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    TiltUp,
    TiltDown,
    TruckLeft,
    TruckRight,
    PedestalUp,
    PedestalDown,
    DollyZoomIn,
    DollyZoomOut,
    OrbitLeft,
    OrbitRight,
    RollClockwise,
    RollCounter,
    CraneUp,
    CraneDown,
    FollowLeft,
    FollowRight,
    DroneForward,
    DroneBack,
    Handheld,
    Static,
}
