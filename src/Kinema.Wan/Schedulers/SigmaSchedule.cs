namespace Kinema.Wan.Schedulers;

/// <summary>Where a scheduler stands at each step: how much noise is left, and the time the model is told.</summary>
/// <param name="Sigmas">The share of noise before each step, and 0 after the last: one more entry than there are steps.</param>
/// <param name="Timesteps">The time of each step on the scale 0 to 1000 that the models were trained with.</param>
/// <remarks>The sigmas follow diffusers, not the original code, whose tables differ a little.</remarks>
internal sealed record SigmaSchedule(IReadOnlyList<float> Sigmas, IReadOnlyList<float> Timesteps)
{
    /// <summary>The number of noise levels that the models were trained with.</summary>
    public const int TrainingSteps = 1000;

    /// <summary>What UniPC's first sigma lies below 1, because the solver takes the logarithm of 1 − σ.</summary>
    private const double FirstSigmaBelowOne = 1e-6;

    /// <summary>The times that the four-step distilled models were trained for (LightX2V, <c>denoising_step_list</c>).</summary>
    private static readonly int[] _distilledTimesteps = [1000, 750, 500, 250];

    public int Steps => Timesteps.Count;

    /// <summary>Whether a step is one of the high-noise transformer: at the boundary, a share of the training steps, or above; or there is only one.</summary>
    public bool IsHighNoise(int step, double? boundary) => boundary is not { } share || Timesteps[step] >= share * TrainingSteps;

    /// <summary>diffusers' <c>UniPCMultistepScheduler</c> with <c>use_flow_sigmas</c>.</summary>
    /// <remarks>
    /// Computed in double precision; the timesteps are those cut to whole numbers, and only then the sigmas are rounded to float32.
    /// </remarks>
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

    /// <summary>diffusers' <c>FlowMatchEulerDiscreteScheduler(shift)</c>, which applies the shift twice: to the end points and to every sigma.</summary>
    public static SigmaSchedule FlowMatchEuler(int steps, double shift)
    {
        // The end points were made in float32 and widened.
        var narrow = (float)shift;
        var (first, last) = ((double)Shifted(1f, narrow), (double)Shifted(1f / TrainingSteps, narrow));
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

    /// <summary>The list of the four-step distilled models: the times 1000, 750, 500 and 250, shifted once.</summary>
    public static SigmaSchedule Distilled(double shift)
    {
        var sigmas = _distilledTimesteps.Select(time => (float)Shifted((double)time / TrainingSteps, shift)).ToArray();
        return new([.. sigmas, 0f], [.. sigmas.Select(sigma => sigma * TrainingSteps)]);
    }

    /// <summary>σ' = s·σ / (1 + (s − 1)·σ): a larger shift spends more steps at high noise (Esser et al. 2024, section 5.3.2).</summary>
    private static double Shifted(double sigma, double shift) => shift * sigma / (1 + (shift - 1) * sigma);

    private static float Shifted(float sigma, float shift) => shift * sigma / (1 + (shift - 1) * sigma);

    /// <summary>Entry <paramref name="index"/> of numpy's <c>linspace</c>, which ends exactly at <paramref name="stop"/>.</summary>
    private static double Linspace(double start, double stop, int count, int index)
        => count == 1 ? start : index == count - 1 ? stop : start + index * ((stop - start) / (count - 1));
}
