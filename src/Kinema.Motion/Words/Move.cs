namespace Kinema.Motion.Words;

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
    Static,
}

internal enum Speed
{
    Normal,
    Slow,
    Fast,
}

/// <summary>What the words come to.</summary>
/// <param name="Asked">False when no word named this move and it is the default.</param>
/// <param name="Notes">What was asked for and is not made, one sentence each.</param>
internal sealed record CameraPlan(Move Move, Speed Speed, bool Asked, IReadOnlyList<string> Notes);
