namespace Kinema.Motion.Prompts;

/// <summary>What the camera does; the names are those of the camera grammar.</summary>
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
