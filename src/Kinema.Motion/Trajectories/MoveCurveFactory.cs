using Kinema.Motion.Cameras;
using Kinema.Motion.Prompts;

namespace Kinema.Motion.Trajectories;

/// <summary>The geometry of each move of the grammar. Signs follow <see cref="CameraPose"/>: right, down and forward are positive, so are right and upward turns.</summary>
internal sealed class MoveCurveFactory(DepthProfile depth)
{
    /// <summary>
    /// Near and far of a scene, over the subject's distance, below which it is almost flat. There an orbit would have to go far to part anything, and
    /// everything would lean: it stays short, and comes closer. A dolly zoom goes farther than elsewhere.
    /// </summary>
    private const double LeastSpread = 0.6;

    /// <summary>Below this nothing parts, however the camera goes.</summary>
    private const double Flat = 0.02;

    /// <summary>How much closer a short orbit comes, so that it is seen at all.</summary>
    private const double ShortOrbitGrowth = 0.09;

    /// <summary>Before a plain ground a round product would hardly be seen to move: how much closer its orbit comes, as a part of the orbit's angle, and at most.</summary>
    private const double PlainOrbitGrowth = 0.8, MostPlainOrbitGrowth = 0.12;

    private const double PlainEnough = 0.3;

    /// <summary>Where between the horizon and the subject a crane's tilt holds the picture: nearer things sink, farther ones rise.</summary>
    private const double CranePivot = 0.5;

    /// <summary>How near to the nearest thing a dolly zoom may come, as a part of the way there.</summary>
    private const double NearestApproach = 0.4;

    /// <summary>A drone's rise beside its way forward or back.</summary>
    private const double DroneRise = 0.35;

    private readonly ParallaxBudget _parallax = new(depth);

    /// <summary>What a move is made as: where nothing is nearer than anything else, a dolly zoom would show nothing, and so would following; a crane is a tilt.</summary>
    public Move MadeAs(Move move) => depth.Spread >= Flat ? move : move switch
    {
        Move.DollyZoomIn => Move.PushIn,
        Move.DollyZoomOut => Move.PullOut,
        Move.FollowLeft => Move.TruckLeft,
        Move.FollowRight => Move.TruckRight,
        Move.CraneUp => Move.TiltUp,
        Move.CraneDown => Move.TiltDown,
        _ => move,
    };

    public MoveCurve Of(PlannedMove wish, double amplitude) => wish.Move switch
    {
        Move.PushIn or Move.DroneForward => Forward(wish, amplitude, inwards: true),
        Move.PullOut or Move.DroneBack => Forward(wish, amplitude, inwards: false),
        Move.ZoomIn => Curve(wish, amplitude, way => Zoomed(Math.Pow(1 + amplitude, way))),
        Move.ZoomOut => Curve(wish, amplitude, way => Zoomed(Math.Pow(1 + amplitude, -way))),
        Move.DollyZoomIn => DollyZoom(wish, amplitude, 1),
        Move.DollyZoomOut => DollyZoom(wish, amplitude, -1),
        Move.PanLeft => Curve(wish, amplitude, way => CameraPose.Rest with { Yaw = -Turn(amplitude * way * depth.Aspect) }),
        Move.PanRight => Curve(wish, amplitude, way => CameraPose.Rest with { Yaw = Turn(amplitude * way * depth.Aspect) }),
        Move.TiltUp => Curve(wish, amplitude, way => CameraPose.Rest with { Pitch = Turn(amplitude * way) }),
        Move.TiltDown => Curve(wish, amplitude, way => CameraPose.Rest with { Pitch = -Turn(amplitude * way) }),
        Move.TruckLeft or Move.TruckRight or Move.PedestalUp or Move.PedestalDown => Sideways(wish, amplitude),
        Move.CraneUp or Move.CraneDown => Crane(wish, amplitude),
        Move.FollowLeft or Move.FollowRight => Follow(wish, amplitude),
        Move.OrbitLeft or Move.OrbitRight => Orbit(wish, amplitude),
        Move.RollClockwise => Curve(wish, amplitude, way => CameraPose.Rest with { Roll = amplitude * way }),
        Move.RollCounter => Curve(wish, amplitude, way => CameraPose.Rest with { Roll = -amplitude * way }),
        _ => Curve(wish, amplitude, _ => CameraPose.Rest),
    };

    private static MoveCurve Curve(PlannedMove wish, double amplitude, Func<double, CameraPose> at, double share = 1) =>
        new(wish.Move, wish.Speed, amplitude, share, (done, scale) => at(done * scale));

    private MoveCurve Forward(PlannedMove wish, double amplitude, bool inwards)
    {
        var factor = inwards ? 1 + amplitude : 1 / (1 + amplitude);
        var share = _parallax.ShareOfGrowth(factor);
        var rise = wish.Move is Move.DroneForward or Move.DroneBack ? Rise(amplitude * DroneRise) : 0;
        return Curve(wish, amplitude, At, share);

        // By equal factors, not by equal steps: a push at an even pace to the eye. It goes along the line of sight to the focus, which stays in its place.
        CameraPose At(double way)
        {
            var forward = (1 - Math.Pow(factor, -share * way)) / Math.Max(depth.Subject, 1e-3);
            var zoomed = Zoomed(Math.Pow(factor, (1 - share) * way));
            return zoomed with
            {
                X = forward * depth.FocusX,
                Y = (forward * depth.FocusY) - (rise * way),
                Z = forward,
                Pitch = zoomed.Pitch - (rise * way * depth.Subject * CranePivot),
            };
        }
    }

    /// <summary>A zoom about the focus: the camera turns just so much that the focus stays where it was.</summary>
    private CameraPose Zoomed(double zoom) => CameraPose.Rest with
    {
        Zoom = zoom,
        Yaw = Math.Atan(depth.FocusX) - Math.Atan(depth.FocusX / zoom),
        Pitch = Math.Atan(depth.FocusY / zoom) - Math.Atan(depth.FocusY),
    };

    private MoveCurve DollyZoom(PlannedMove wish, double amplitude, int sign)
    {
        // How much the farthest shrinks beside the nearest, whatever lies between them.
        var parting = amplitude * Math.Max(LeastSpread, depth.Spread / Math.Max(depth.Subject, 0.15));
        var most = sign * Math.Min(
            Math.Max(Math.Min(parting, 2 * _parallax.Largest) / Math.Max(depth.Spread, 1e-3), amplitude / Math.Max(depth.Subject, 0.15)),
            NearestApproach / Math.Max(depth.Near, 1e-3));
        return Curve(wish, Math.Abs(most) * Math.Max(depth.Subject, 0.15), way =>
        {
            var forward = most * way;
            var zoomed = Zoomed(1 - (forward * depth.Subject));
            return zoomed with { X = forward * depth.FocusX, Y = forward * depth.FocusY, Z = forward };
        });
    }

    private MoveCurve Sideways(PlannedMove wish, double amplitude)
    {
        var share = _parallax.ShareOfTravel(amplitude);
        var level = wish.Move is Move.TruckLeft or Move.TruckRight;
        var travel = amplitude * (level ? depth.Aspect : 1);
        var step = share * travel / depth.Focal / Math.Max(depth.Subject, 1e-3);
        return Curve(wish, amplitude, way => wish.Move switch
        {
            Move.TruckLeft => CameraPose.Rest with { X = -step * way, Yaw = -Turn((1 - share) * travel * way) },
            Move.TruckRight => CameraPose.Rest with { X = step * way, Yaw = Turn((1 - share) * travel * way) },
            Move.PedestalUp => CameraPose.Rest with { Y = -step * way, Pitch = Turn((1 - share) * travel * way) },
            _ => CameraPose.Rest with { Y = step * way, Pitch = -Turn((1 - share) * travel * way) },
        }, share);
    }

    /// <summary>
    /// A rise that keeps its eye on what is below. Where near and far can hardly be told apart that would leave nothing to see: there the camera turns with
    /// its rise instead of against it, so that what it looks at still goes its way.
    /// </summary>
    private MoveCurve Crane(PlannedMove wish, double amplitude)
    {
        var share = Math.Min(_parallax.ByConfidence, depth.Spread / Math.Max(depth.Subject, 1e-3) / LeastSpread);
        var way = wish.Move == Move.CraneUp ? 1 : -1;
        var rise = way * Rise(amplitude);
        var missing = way * Math.Max(0, amplitude - (Math.Abs(rise) * depth.Focal * depth.Subject));
        return Curve(wish, amplitude, done => CameraPose.Rest with
        {
            Y = -rise * done,
            Pitch = Turn((1 - share) * missing * done) - Math.Atan(share * rise * done * depth.Subject * CranePivot),
        }, share);
    }

    /// <summary>A step up that moves the subject by this part of the picture's height, and near and far no farther apart than they may.</summary>
    private double Rise(double travel) =>
        Math.Min(travel / Math.Max(depth.Subject, 0.1), 1.5 * _parallax.Largest / Math.Max(depth.Spread, 1e-3)) / depth.Focal;

    /// <summary>The camera goes beside the subject and keeps looking at it.</summary>
    private MoveCurve Follow(PlannedMove wish, double amplitude)
    {
        var drift = Math.Min(amplitude, 1.3 * _parallax.Largest) * depth.Aspect / depth.Focal;
        var step = (wish.Move == Move.FollowRight ? 1 : -1) * drift / Math.Max(depth.Subject - depth.Far, 0.25);
        return Curve(wish, amplitude, way => CameraPose.Rest with
        {
            X = step * way,
            Yaw = -(Math.Atan((step * way * depth.Subject) - depth.SubjectX) + Math.Atan(depth.SubjectX)),
        });
    }

    /// <summary>
    /// The camera goes beside the subject, which its lens keeps where it is on screen. A camera that turned as well would tip every level line that does not
    /// go through the middle; over the few degrees that a picture allows, the parting of near and far is all that the eye takes for going round.
    /// </summary>
    private MoveCurve Orbit(PlannedMove wish, double amplitude)
    {
        var pivot = Math.Max(depth.Subject, 0.3 * depth.Near);
        var spread = depth.Spread / Math.Max(pivot, 1e-3);
        var (growth, because) = spread < LeastSpread
            ? (ShortOrbitGrowth, "stays short and comes closer: near and far can hardly be told apart")
            : (PlainGrowth(), "comes closer as well: before so plain a ground little is seen to go by");
        var most = Math.Min(amplitude, 1.3 * _parallax.Largest * depth.Aspect / depth.Focal / Math.Max(LeastSpread, spread));
        var beside = (wish.Move == Move.OrbitRight ? 1 : -1) * Math.Tan(most);
        return Curve(wish, most, way => Zoomed(Math.Pow(1 + growth, way)) with { X = beside * way / Math.Max(pivot, 1e-3), Shift = beside * way }) with
        {
            Closer = growth,
            CloserBecause = because,
        };

        double PlainGrowth() => depth.Plainness < PlainEnough ? 0 : depth.Plainness * Math.Min(PlainOrbitGrowth * amplitude, MostPlainOrbitGrowth);
    }

    /// <summary>The angle whose content travels so many picture heights.</summary>
    private double Turn(double heights) => Math.Atan(heights / depth.Focal);
}
