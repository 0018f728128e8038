namespace Kinema.Motion.FirstLastFrame;

/// <summary>Extra zoom over the time of a transition: at least the required zoom at every time, and otherwise as small and smooth as possible.</summary>
/// <remarks>Cubic B-spline over the least concave majorant of the required zoom, so that it rises once and falls once.</remarks>
internal sealed class AddedZoomCurve
{
    private const int SplineSpans = 16;

    /// <summary>Safety factor for the times between the samples.</summary>
    private const double SafetyFactor = 1.02;

    private readonly double[] _controls;

    private AddedZoomCurve(double[] controls) => _controls = controls;

    public static AddedZoomCurve None { get; } = new(new double[SplineSpans + 1]);

    /// <summary>Largest value of the curve.</summary>
    public double Max => _controls.Max();

    /// <param name="required">Required zoom at uniform times from 0 to 1; zero at both ends.</param>
    public static AddedZoomCurve Envelope(double[] required)
    {
        var last = required.Length - 1;
        var hull = ConcaveHull(required);
        var curve = new AddedZoomCurve([.. Enumerable.Range(0, SplineSpans + 1).Select(i => hull[i * last / SplineSpans])]);
        var missed = Enumerable.Range(1, last - 1).Where(i => required[i] > 0).Select(i => required[i] / curve.At((double)i / last)).DefaultIfEmpty(0).Max();
        return missed == 0 ? None : new([.. curve._controls.Select(control => control * Math.Max(1, missed) * SafetyFactor)]);
    }

    /// <summary>Raises the curve to at least a half sine of that height.</summary>
    public AddedZoomCurve AtLeastPulse(double height) =>
        new([.. _controls.Select((control, i) => Math.Max(control, height * Math.Sin(Math.PI * i / SplineSpans)))]);

    public double At(double time)
    {
        var place = Math.Clamp(time, 0, 1) * SplineSpans;
        var span = Math.Min((int)place, SplineSpans - 1);
        var (t, u) = (place - span, 1 - (place - span));
        return ((u * u * u * Control(span - 1)) + ((4 - (3 * t * t * (1 + u))) * Control(span))
            + ((4 - (3 * u * u * (1 + t))) * Control(span + 1)) + (t * t * t * Control(span + 2))) / 6;
    }

    /// <summary>Extends the controls by point reflection at both ends, so that the curve is zero there.</summary>
    private double Control(int i) => i < 0 ? -_controls[-i] : i > SplineSpans ? -_controls[(2 * SplineSpans) - i] : _controls[i];

    private static double[] ConcaveHull(double[] values)
    {
        var hull = (double[])values.Clone();
        for (var from = 0; from < values.Length - 1;)
        {
            // The steepest slope onward is the next edge of the hull.
            var to = Enumerable.Range(from + 1, values.Length - from - 1).MaxBy(i => (values[i] - values[from]) / (i - from));
            for (var i = from + 1; i < to; i++)
                hull[i] = values[from] + ((values[to] - values[from]) * (i - from) / (to - from));
            from = to;
        }

        return hull;
    }
}
