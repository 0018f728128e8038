namespace Kinema.Wan.Schedulers;

/// <summary>The sigmas and timesteps of a scheduler's steps.</summary>
/// <remarks>The sigmas follow diffusers. The original code's tables differ a little.</remarks>
/// <param name="Sigmas">The noise level before each step, and 0 after the last: one more entry than there are steps.</param>
/// <param name="Timesteps">The timestep of each step, on the training scale from 0 to 1000.</param>
internal sealed record SigmaSchedule(IReadOnlyList<float> Sigmas, IReadOnlyList<float> Timesteps)
{
    /// <summary>Number of training timesteps.</summary>
    public const int TrainingSteps = 1000;

    /// <summary>Distance of UniPC's first sigma below 1, because the solver takes the logarithm of 1 − σ.</summary>
    private const double FirstSigmaBelowOne = 1e-6;

    /// <summary>Timesteps of the four-step distilled models (LightX2V, <c>denoising_step_list</c>).</summary>
    private static readonly int[] _distilledTimesteps = [1000, 750, 500, 250];

    public int Steps => Timesteps.Count;

    /// <summary>
    /// Whether the high-noise transformer runs a step: at or above the boundary, a fraction of the training timesteps, or if there is only one transformer.
    /// </summary>
    public bool IsHighNoise(int step, double? boundary) => boundary is not { } share || Timesteps[step] >= share * TrainingSteps;

    /// <summary>The schedule of diffusers' <c>UniPCMultistepScheduler</c> with <c>use_flow_sigmas</c>.</summary>
    /// <remarks>Computed in double precision. The timesteps are truncated to whole numbers before the sigmas are rounded to float32.</remarks>
    public static SigmaSchedule UniPc(int steps, double shift)
    {
        var sigmas = new float[steps + 1];
        var timesteps = new float[steps];
        for (var i = 0; i < steps; i++)
        {
            var sigma = Shifted(Linspace(1, 1.0 / TrainingSteps, steps + 1, i), shift);
            if (i == 0)
                sigma -= FirstSigmaBelowOne;
            timesteps[i] = (long)(sigma * TrainingSteps);
            sigmas[i] = (float)sigma;
        }

        return new(sigmas, timesteps);
    }

    /// <summary>
    /// The schedule of diffusers' <c>FlowMatchEulerDiscreteScheduler(shift)</c>, which applies the shift twice: to the end points and to every sigma.
    /// </summary>
    public static SigmaSchedule FlowMatchEuler(int steps, double shift)
    {
        // diffusers computes the end points in float32 and widens them.
        var float32Shift = (float)shift;
        var (first, last) = ((double)Shifted(1f, float32Shift), (double)Shifted(1f / TrainingSteps, float32Shift));
        var sigmas = new float[steps + 1];
        var timesteps = new float[steps];
        for (var i = 0; i < steps; i++)
        {
            var time = Linspace(first * TrainingSteps, last * TrainingSteps, steps, i);
            sigmas[i] = (float)Shifted(time / TrainingSteps, shift);
            timesteps[i] = sigmas[i] * TrainingSteps;
        }

        return new(sigmas, timesteps);
    }

    /// <summary>The schedule of the four-step distilled models: the timesteps 1000, 750, 500 and 250, shifted once.</summary>
    public static SigmaSchedule Distilled(double shift)
    {
        var sigmas = _distilledTimesteps.Select(time => (float)Shifted((double)time / TrainingSteps, shift)).ToArray();
        return new([.. sigmas, 0f], [.. sigmas.Select(sigma => sigma * TrainingSteps)]);
    }

    /// <summary>σ' = s·σ / (1 + (s − 1)·σ): a larger shift spends more steps at high noise (Esser et al. 2024, section 5.3.2).</summary>
    private static double Shifted(double sigma, double shift) => shift * sigma / (1 + (shift - 1) * sigma);

    private static float Shifted(float sigma, float shift) => shift * sigma / (1 + (shift - 1) * sigma);

    /// <summary>Returns entry <paramref name="index"/> of numpy's <c>linspace</c>, which ends exactly at <paramref name="stop"/>.</summary>
    private static double Linspace(double start, double stop, int count, int index)
        => count == 1 ? start : index == count - 1 ? stop : start + index * ((stop - start) / (count - 1));
}
