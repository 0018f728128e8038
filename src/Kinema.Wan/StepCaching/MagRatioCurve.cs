namespace Kinema.Wan.StepCaching;

/// <summary>The magnitude of the blocks' residual as a function of the noise level, from a published list of ratios between consecutive steps.</summary>
/// <remarks>
/// Ma et al. 2025 (MagCache, arXiv 2506.09045), section 3: γ_t = mean(‖r_t‖ / ‖r_(t−1)‖) over the tokens, measured on one run of the named model. With the
/// steps and the shift of that run the curve gives the published ratios themselves. For other steps the authors take the nearest entry by index, which
/// applies the ratio of one step of 40 to a step of 20. This curve multiplies the ratios over the noise levels that a step crosses.
/// </remarks>
internal sealed class MagRatioCurve
{
    private readonly double _shift;
    private readonly double[] _logs;

    /// <param name="name">The measured model.</param>
    /// <param name="shift">The flow shift of that run.</param>
    /// <param name="ratios">One ratio for each step of that run but the first.</param>
    public MagRatioCurve(string name, double shift, params IReadOnlyList<double> ratios)
    {
        Name = name;
        _shift = shift;
        _logs = new double[ratios.Count + 1];
        for (var i = 0; i < ratios.Count; i++)
            _logs[i + 1] = _logs[i] + Math.Log(ratios[i]);
    }

    public string Name { get; }

    /// <summary>Returns the magnitude at one noise level, divided by that at an earlier one.</summary>
    public double Ratio(double earlierSigma, double sigma) => Math.Exp(LogAt(sigma) - LogAt(earlierSigma));

    private double LogAt(double sigma)
    {
        // σ = s·u / (1 + (s − 1)·u) with u = 1 − step / steps, solved for the step.
        var step = (1 - (sigma / (_shift - ((_shift - 1) * sigma)))) * _logs.Length;
        var before = Math.Clamp((int)step, 0, _logs.Length - 2);
        return _logs[before] + ((step - before) * (_logs[before + 1] - _logs[before]));
    }
}
