using Kinema.Motion.Cameras;
using Kinema.Motion.Prompts;

namespace Kinema.Motion.Trajectories;

/// <summary>Geometry of each camera move. Signs follow <see cref="CameraPose"/>: right, down and forward are positive, so are right and upward turns.</summary>
internal sealed class MoveCurveFactory(DepthProfile depth)
{
    /// <summary>
    /// Depth spread relative to the subject's, below which a scene is almost flat. There an orbit would need a large translation for visible parallax, and
    /// everything would lean: it stays short and adds zoom. A dolly zoom gets a larger translation than elsewhere.
    /// </summary>
    private const double MinRelativeSpread = 0.6;

    /// <summary>Depth spread below which no camera motion shows parallax.</summary>
    private const double FlatSpread = 0.02;

    /// <summary>Zoom added to a short orbit so that it is visible.</summary>
    private const double ShortOrbitZoom = 0.09;

    /// <summary>
    /// Zoom added to an orbit before a plain background, where little motion is visible: as a ratio of the orbit's angle, and its upper limit.
    /// </summary>
    private const double PlainOrbitZoomRatio = 0.8, MaxPlainOrbitZoom = 0.12;

    private const double PlainThreshold = 0.3;

    /// <summary>Depth between the horizon and the subject that a crane's tilt keeps in place: nearer things sink, farther ones rise.</summary>
    private const double CranePivot = 0.5;

    /// <summary>Upper limit of a dolly zoom, as a fraction of the distance to the nearest surface.</summary>
    private const double MaxDollyFraction = 0.4;

    /// <summary>A drone's rise as a ratio of its forward or backward travel.</summary>
    private const double DroneRise = 0.35;

    private readonly ParallaxBudget _parallax = new(depth);

    /// <summary>Substitutes moves that need depth in a flat scene: a dolly zoom becomes a push, following a truck, and a crane a tilt.</summary>
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

        // Growth is exponential in the progress, which looks uniform. The camera moves along the line of sight to the focus, which stays in place.
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

    /// <summary>A zoom about the focus: a rotation keeps the focus in place.</summary>
    private CameraPose Zoomed(double zoom) => CameraPose.Rest with
    {
        Zoom = zoom,
        Yaw = Math.Atan(depth.FocusX) - Math.Atan(depth.FocusX / zoom),
        Pitch = Math.Atan(depth.FocusY / zoom) - Math.Atan(depth.FocusY),
    };

    private MoveCurve DollyZoom(PlannedMove planned, double amplitude, int sign)
    {
        // Shrinkage of the farthest surface relative to the nearest, whatever the depth spread.
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
    /// A rise that keeps the subject in view by tilting against it. In an almost flat scene that would cancel all visible motion: there the camera tilts with
    /// the rise, so that the content still moves on screen.
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

    /// <summary>Vertical translation that moves the subject by this fraction of the picture's height, limited by the allowed disparity.</summary>
    private double Rise(double travel) =>
        Math.Min(travel / Math.Max(depth.Subject, 0.1), 1.5 * _parallax.MaxDisparity / Math.Max(depth.Spread, 1e-3)) / depth.Focal;

    /// <summary>The camera translates beside the subject and keeps looking at it.</summary>
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
    /// The camera translates sideways and a lens shift keeps the subject in place. A rotation would tip every level line that does not pass through the
    /// middle; over the few degrees that a picture allows, parallax alone looks like an orbit.
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
        return Curve(planned, most,
            progress => Zoomed(Math.Pow(1 + zoom, progress)) with { X = sideways * progress / Math.Max(pivot, 1e-3), Shift = sideways * progress }) with
        {
            AddedZoom = zoom,
            AddedZoomReason = reason,
        };

        double PlainOrbitZoom() => depth.Plainness < PlainThreshold ? 0 : depth.Plainness * Math.Min(PlainOrbitZoomRatio * amplitude, MaxPlainOrbitZoom);
    }

    /// <summary>Angle that moves the content by this many picture heights.</summary>
    private double AngleFor(double heights) => Math.Atan(heights / depth.Focal);
}
