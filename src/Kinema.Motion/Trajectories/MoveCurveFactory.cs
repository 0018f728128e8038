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
    private const double MinRelativeSpread = 0.6;

    /// <summary>Below this nothing parts, however the camera goes.</summary>
    private const double FlatSpread = 0.02;

    /// <summary>How much closer a short orbit comes, so that it is seen at all.</summary>
    private const double ShortOrbitZoom = 0.09;

    /// <summary>Before a plain ground a round product would hardly be seen to move: how much closer its orbit comes, as a part of the orbit's angle, and at most.</summary>
    private const double PlainOrbitZoomRatio = 0.8, MaxPlainOrbitZoom = 0.12;

    private const double PlainThreshold = 0.3;

    /// <summary>Where between the horizon and the subject a crane's tilt holds the picture: nearer things sink, farther ones rise.</summary>
    private const double CranePivot = 0.5;

    /// <summary>How near to the nearest thing a dolly zoom may come, as a part of the way there.</summary>
    private const double MaxDollyFraction = 0.4;

    /// <summary>A drone's rise beside its way forward or back.</summary>
    private const double DroneRise = 0.35;

    private readonly ParallaxBudget _parallax = new(depth);

    /// <summary>What a move is made as: where nothing is nearer than anything else, a dolly zoom would show nothing, and so would following; a crane is a tilt.</summary>
    public Move RenderedAs(Move move) => depth.Spread >= FlatSpread ? move : move switch
    {
        Move.DollyZoomIn => Move.PushIn,
        Move.DollyZoomOut => Move.PullOut,
        Move.FollowLeft => Move.TruckLeft,
        Move.FollowRight => Move.TruckRight,
        Move.CraneUp => Move.TiltUp,
        Move.CraneDown => Move.TiltDown,
        _ => move,
    };

    public MoveCurve Create(PlannedMove planned, double amplitude) => planned.Move switch
    {
        Move.PushIn or Move.DroneForward => Forward(planned, amplitude, inwards: true),
        Move.PullOut or Move.DroneBack => Forward(planned, amplitude, inwards: false),
        Move.ZoomIn => Curve(planned, amplitude, progress => Zoomed(Math.Pow(1 + amplitude, progress))),
        Move.ZoomOut => Curve(planned, amplitude, progress => Zoomed(Math.Pow(1 + amplitude, -progress))),
        Move.DollyZoomIn => DollyZoom(planned, amplitude, 1),
        Move.DollyZoomOut => DollyZoom(planned, amplitude, -1),
        Move.PanLeft => Curve(planned, amplitude, progress => CameraPose.Rest with { Yaw = -AngleFor(amplitude * progress * depth.Aspect) }),
        Move.PanRight => Curve(planned, amplitude, progress => CameraPose.Rest with { Yaw = AngleFor(amplitude * progress * depth.Aspect) }),
        Move.TiltUp => Curve(planned, amplitude, progress => CameraPose.Rest with { Pitch = AngleFor(amplitude * progress) }),
        Move.TiltDown => Curve(planned, amplitude, progress => CameraPose.Rest with { Pitch = -AngleFor(amplitude * progress) }),
        Move.TruckLeft or Move.TruckRight or Move.PedestalUp or Move.PedestalDown => Sideways(planned, amplitude),
        Move.CraneUp or Move.CraneDown => Crane(planned, amplitude),
        Move.FollowLeft or Move.FollowRight => Follow(planned, amplitude),
        Move.OrbitLeft or Move.OrbitRight => Orbit(planned, amplitude),
        Move.RollClockwise => Curve(planned, amplitude, progress => CameraPose.Rest with { Roll = amplitude * progress }),
        Move.RollCounter => Curve(planned, amplitude, progress => CameraPose.Rest with { Roll = -amplitude * progress }),
        _ => Curve(planned, amplitude, _ => CameraPose.Rest),
    };

    private static MoveCurve Curve(PlannedMove planned, double amplitude, Func<double, CameraPose> at, double share = 1) =>
        new(planned.Move, planned.Speed, amplitude, share, (done, scale) => at(done * scale));

    private MoveCurve Forward(PlannedMove planned, double amplitude, bool inwards)
    {
        var factor = inwards ? 1 + amplitude : 1 / (1 + amplitude);
        var share = _parallax.ShareForGrowth(factor);
        var rise = planned.Move is Move.DroneForward or Move.DroneBack ? Rise(amplitude * DroneRise) : 0;
        return Curve(planned, amplitude, At, share);

        // By equal factors, not by equal steps: a push at an even pace to the eye. It goes along the line of sight to the focus, which stays in its place.
        CameraPose At(double progress)
        {
            var forward = (1 - Math.Pow(factor, -share * progress)) / Math.Max(depth.Subject, 1e-3);
            var zoomed = Zoomed(Math.Pow(factor, (1 - share) * progress));
            return zoomed with
            {
                X = forward * depth.FocusX,
                Y = (forward * depth.FocusY) - (rise * progress),
                Z = forward,
                Pitch = zoomed.Pitch - (rise * progress * depth.Subject * CranePivot),
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

    private MoveCurve DollyZoom(PlannedMove planned, double amplitude, int sign)
    {
        // How much the farthest shrinks beside the nearest, whatever lies between them.
        var relativeShrink = amplitude * Math.Max(MinRelativeSpread, depth.Spread / Math.Max(depth.Subject, 0.15));
        var most = sign * Math.Min(
            Math.Max(Math.Min(relativeShrink, 2 * _parallax.MaxDisparity) / Math.Max(depth.Spread, 1e-3), amplitude / Math.Max(depth.Subject, 0.15)),
            MaxDollyFraction / Math.Max(depth.Near, 1e-3));
        return Curve(planned, Math.Abs(most) * Math.Max(depth.Subject, 0.15), progress =>
        {
            var forward = most * progress;
            var zoomed = Zoomed(1 - (forward * depth.Subject));
            return zoomed with { X = forward * depth.FocusX, Y = forward * depth.FocusY, Z = forward };
        });
    }

    private MoveCurve Sideways(PlannedMove planned, double amplitude)
    {
        var share = _parallax.ShareForTravel(amplitude);
        var horizontal = planned.Move is Move.TruckLeft or Move.TruckRight;
        var travel = amplitude * (horizontal ? depth.Aspect : 1);
        var step = share * travel / depth.Focal / Math.Max(depth.Subject, 1e-3);
        return Curve(planned, amplitude, progress => planned.Move switch
        {
            Move.TruckLeft => CameraPose.Rest with { X = -step * progress, Yaw = -AngleFor((1 - share) * travel * progress) },
            Move.TruckRight => CameraPose.Rest with { X = step * progress, Yaw = AngleFor((1 - share) * travel * progress) },
            Move.PedestalUp => CameraPose.Rest with { Y = -step * progress, Pitch = AngleFor((1 - share) * travel * progress) },
            _ => CameraPose.Rest with { Y = step * progress, Pitch = -AngleFor((1 - share) * travel * progress) },
        }, share);
    }

    /// <summary>
    /// A rise that keeps its eye on what is below. Where near and far can hardly be told apart that would leave nothing to see: there the camera turns with
    /// its rise instead of against it, so that what it looks at still goes its way.
    /// </summary>
    private MoveCurve Crane(PlannedMove planned, double amplitude)
    {
        var share = Math.Min(_parallax.MaxShare, depth.Spread / Math.Max(depth.Subject, 1e-3) / MinRelativeSpread);
        var sign = planned.Move == Move.CraneUp ? 1 : -1;
        var rise = sign * Rise(amplitude);
        var missing = sign * Math.Max(0, amplitude - (Math.Abs(rise) * depth.Focal * depth.Subject));
        return Curve(planned, amplitude, progress => CameraPose.Rest with
        {
            Y = -rise * progress,
            Pitch = AngleFor((1 - share) * missing * progress) - Math.Atan(share * rise * progress * depth.Subject * CranePivot),
        }, share);
    }

    /// <summary>A step up that moves the subject by this part of the picture's height, and near and far no farther apart than they may.</summary>
    private double Rise(double travel) =>
        Math.Min(travel / Math.Max(depth.Subject, 0.1), 1.5 * _parallax.MaxDisparity / Math.Max(depth.Spread, 1e-3)) / depth.Focal;

    /// <summary>The camera goes beside the subject and keeps looking at it.</summary>
    private MoveCurve Follow(PlannedMove planned, double amplitude)
    {
        var backgroundTravel = Math.Min(amplitude, 1.3 * _parallax.MaxDisparity) * depth.Aspect / depth.Focal;
        var step = (planned.Move == Move.FollowRight ? 1 : -1) * backgroundTravel / Math.Max(depth.Subject - depth.Far, 0.25);
        return Curve(planned, amplitude, progress => CameraPose.Rest with
        {
            X = step * progress,
            Yaw = -(Math.Atan((step * progress * depth.Subject) - depth.SubjectX) + Math.Atan(depth.SubjectX)),
        });
    }

    /// <summary>
    /// The camera goes beside the subject, which its lens keeps where it is on screen. A camera that turned as well would tip every level line that does not
    /// go through the middle; over the few degrees that a picture allows, the parting of near and far is all that the eye takes for going round.
    /// </summary>
    private MoveCurve Orbit(PlannedMove planned, double amplitude)
    {
        var pivot = Math.Max(depth.Subject, 0.3 * depth.Near);
        var spread = depth.Spread / Math.Max(pivot, 1e-3);
        var (zoom, reason) = spread < MinRelativeSpread
            ? (ShortOrbitZoom, "stays short and comes closer: near and far can hardly be told apart")
            : (PlainOrbitZoom(), "comes closer as well: before so plain a ground little is seen to go by");
        var most = Math.Min(amplitude, 1.3 * _parallax.MaxDisparity * depth.Aspect / depth.Focal / Math.Max(MinRelativeSpread, spread));
        var sideways = (planned.Move == Move.OrbitRight ? 1 : -1) * Math.Tan(most);
        return Curve(planned, most, progress => Zoomed(Math.Pow(1 + zoom, progress)) with { X = sideways * progress / Math.Max(pivot, 1e-3), Shift = sideways * progress }) with
        {
            AddedZoom = zoom,
            AddedZoomReason = reason,
        };

        double PlainOrbitZoom() => depth.Plainness < PlainThreshold ? 0 : depth.Plainness * Math.Min(PlainOrbitZoomRatio * amplitude, MaxPlainOrbitZoom);
    }

    /// <summary>The angle whose content travels so many picture heights.</summary>
    private double AngleFor(double heights) => Math.Atan(heights / depth.Focal);
}
