namespace Kinema.Wan.StepCaching;

/// <summary>How the magnitude of what the blocks add changes with the noise: a published list of ratios from step to step, as a curve over noise levels.</summary>
/// <remarks>
/// Ma et al. 2025 (MagCache, arXiv 2506.09045), section 3: γ_t = mean(‖r_t‖ / ‖r_(t−1)‖) over the tokens, measured on one run of the named model. At the steps
/// and the shift of that run the curve gives the published ratios themselves. Elsewhere the authors take the nearest entry by index, which calls the ratio of a
/// step of 20 that of a step of 40; here ratios are multiplied over the noise levels that a step really crosses.
/// </remarks>
internal sealed class MagRatioCurve
{
    private readonly double _shift;
    private readonly double[] _logs;

    /// <param name="name">The model it was measured on.</param>
    /// <param name="shift">Of the noise schedule of that run.</param>
    /// <param name="ratios">One for each step of that run but the first.</param>
    public MagRatioCurve(string name, double shift, params IReadOnlyList<double> ratios)
    {
        Name = name;
        _shift = shift;
        _logs = new double[ratios.Count + 1];
        for (var i = 0; i < ratios.Count; i++)
            _logs[i + 1] = _logs[i] + Math.Log(ratios[i]);
    }

    public string Name { get; }

    /// <summary>The magnitude at one noise level over that at an earlier one.</summary>
    public double Ratio(double earlierSigma, double sigma) => Math.Exp(LogAt(sigma) - LogAt(earlierSigma));

    private double LogAt(double sigma)
    {
        // σ = s·u / (1 + (s − 1)·u) with u = 1 − step / steps, solved for the step.
        var step = (1 - (sigma / (_shift - ((_shift - 1) * sigma)))) * _logs.Length;
        var before = Math.Clamp((int)step, 0, _logs.Length - 2);
        return _logs[before] + ((step - before) * (_logs[before + 1] - _logs[before]));
    }
}
