namespace Kinema.Wan.Sampling;

/// <summary>Makes the sampler of a name.</summary>
internal static class Samplers
{
    public static ISampler Create(WanSampler sampler, int steps, double shift) => sampler switch
    {
        WanSampler.UniPc => new UniPcSampler(NoiseSchedule.UniPc(steps, shift)),
        WanSampler.FlowMatchEuler => new EulerSampler(NoiseSchedule.FlowMatchEuler(steps, shift)),
        WanSampler.Distilled => new EulerSampler(NoiseSchedule.Distilled(shift)),
        _ => throw new ArgumentOutOfRangeException(nameof(sampler), sampler, "There is no such sampler."),
    };
}
