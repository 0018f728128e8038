using Kinema.Motion.Prompts;

namespace Kinema.Motion.Tests.Visual;

/// <summary>The on-screen motion of a move according to the camera grammar, as signs; and the parallax of near relative to far.</summary>
internal sealed record ExpectedMotion
{
    /// <summary>To the right.</summary>
    public int X { get; init; }

    /// <summary>Downwards.</summary>
    public int Y { get; init; }

    public int Growth { get; init; }

    /// <summary>Clockwise.</summary>
    public int Turn { get; init; }

    public int NearX { get; init; }

    public int NearY { get; init; }

    public int NearGrowth { get; init; }

    /// <summary>Near and far move alike.</summary>
    public bool NoParallax { get; init; }

    /// <summary>Objects at the subject's distance keep position and size.</summary>
    public bool SubjectIsFixed { get; init; }

    /// <summary>Returns to the start.</summary>
    public bool Oscillates { get; init; }

    public bool IsStatic { get; init; }

    /// <summary>Every move needs an entry; every test over all moves fails for a missing one.</summary>
    public static ExpectedMotion Of(Move move) => move switch
    {
        Move.PushIn => new() { Growth = 1, NearGrowth = 1 },
        Move.PullOut => new() { Growth = -1, NearGrowth = -1 },
        Move.ZoomIn => new() { Growth = 1, NoParallax = true },
        Move.ZoomOut => new() { Growth = -1, NoParallax = true },
        Move.PanLeft => new() { X = 1, NoParallax = true },
        Move.PanRight => new() { X = -1, NoParallax = true },
        Move.TiltUp => new() { Y = 1, NoParallax = true },
        Move.TiltDown => new() { Y = -1, NoParallax = true },
        Move.TruckLeft => new() { X = 1, NearX = 1 },
        Move.TruckRight => new() { X = -1, NearX = -1 },
        Move.PedestalUp => new() { Y = 1, NearY = 1 },
        Move.PedestalDown => new() { Y = -1, NearY = -1 },
        Move.DollyZoomIn => new() { NearGrowth = 1, SubjectIsFixed = true },
        Move.DollyZoomOut => new() { NearGrowth = -1, SubjectIsFixed = true },
        Move.OrbitLeft => new() { NearX = 1, SubjectIsFixed = true },
        Move.OrbitRight => new() { NearX = -1, SubjectIsFixed = true },
        Move.RollClockwise => new() { Turn = -1, NoParallax = true },
        Move.RollCounter => new() { Turn = 1, NoParallax = true },
        Move.CraneUp => new() { Y = 1, NearY = 1 },
        Move.CraneDown => new() { Y = -1, NearY = -1 },
        Move.FollowLeft => new() { NearX = 1, SubjectIsFixed = true },
        Move.FollowRight => new() { NearX = -1, SubjectIsFixed = true },
        Move.DroneForward => new() { Growth = 1, NearY = 1 },
        Move.DroneBack => new() { Growth = -1, NearY = 1 },
        Move.Handheld => new() { Oscillates = true },
        Move.Static => new() { IsStatic = true },
        _ => throw new ArgumentOutOfRangeException(nameof(move), move, "the grammar says nothing of it"),
    };

    /// <summary>The motion on a flat picture: the substitute of the move.</summary>
    public static ExpectedMotion OnFlat(Move move) => move switch
    {
        Move.OrbitLeft or Move.OrbitRight or Move.DollyZoomIn => new() { Growth = 1 },
        Move.DollyZoomOut => new() { Growth = -1 },
        Move.FollowLeft => new() { X = 1 },
        Move.FollowRight => new() { X = -1 },
        _ => Of(move) with { NearX = 0, NearY = 0, NearGrowth = 0, SubjectIsFixed = false },
    };
}
