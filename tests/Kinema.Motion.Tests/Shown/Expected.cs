using Kinema.Motion.Prompts;

namespace Kinema.Motion.Tests.Shown;

/// <summary>What the camera grammar says of a move, as signs: what the content does on screen, and what near things do more of than far ones.</summary>
internal sealed record Expected
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

    /// <summary>Near and far do the same.</summary>
    public bool Alike { get; init; }

    /// <summary>What is as far as the subject stays where it is, and as large.</summary>
    public bool SubjectRests { get; init; }

    /// <summary>Comes back to where it began.</summary>
    public bool Sways { get; init; }

    public bool Rests { get; init; }

    /// <summary>A move that is not here has no meaning yet, and every test that walks over the moves says so.</summary>
    public static Expected Of(Move move) => move switch
    {
        Move.PushIn => new() { Growth = 1, NearGrowth = 1 },
        Move.PullOut => new() { Growth = -1, NearGrowth = -1 },
        Move.ZoomIn => new() { Growth = 1, Alike = true },
        Move.ZoomOut => new() { Growth = -1, Alike = true },
        Move.PanLeft => new() { X = 1, Alike = true },
        Move.PanRight => new() { X = -1, Alike = true },
        Move.TiltUp => new() { Y = 1, Alike = true },
        Move.TiltDown => new() { Y = -1, Alike = true },
        Move.TruckLeft => new() { X = 1, NearX = 1 },
        Move.TruckRight => new() { X = -1, NearX = -1 },
        Move.PedestalUp => new() { Y = 1, NearY = 1 },
        Move.PedestalDown => new() { Y = -1, NearY = -1 },
        Move.DollyZoomIn => new() { NearGrowth = 1, SubjectRests = true },
        Move.DollyZoomOut => new() { NearGrowth = -1, SubjectRests = true },
        Move.OrbitLeft => new() { NearX = 1, SubjectRests = true },
        Move.OrbitRight => new() { NearX = -1, SubjectRests = true },
        Move.RollClockwise => new() { Turn = -1, Alike = true },
        Move.RollCounter => new() { Turn = 1, Alike = true },
        Move.CraneUp => new() { Y = 1, NearY = 1 },
        Move.CraneDown => new() { Y = -1, NearY = -1 },
        Move.FollowLeft => new() { NearX = 1, SubjectRests = true },
        Move.FollowRight => new() { NearX = -1, SubjectRests = true },
        Move.DroneForward => new() { Growth = 1, NearY = 1 },
        Move.DroneBack => new() { Growth = -1, NearY = 1 },
        Move.Handheld => new() { Sways = true },
        Move.Static => new() { Rests = true },
        _ => throw new ArgumentOutOfRangeException(nameof(move), move, "the grammar says nothing of it"),
    };

    /// <summary>Of a picture in which nothing is nearer than anything else: what a move comes to there.</summary>
    public static Expected OnFlat(Move move) => move switch
    {
        Move.OrbitLeft or Move.OrbitRight or Move.DollyZoomIn => new() { Growth = 1 },
        Move.DollyZoomOut => new() { Growth = -1 },
        Move.FollowLeft => new() { X = 1 },
        Move.FollowRight => new() { X = -1 },
        _ => Of(move) with { NearX = 0, NearY = 0, NearGrowth = 0, SubjectRests = false },
    };
}
