using Kinema.Wan.Arithmetic;
using TorchSharp;

namespace Kinema.Wan.Schedulers;

/// <summary>Euler steps along the model's velocity: x ← x + (σ' − σ)·v.</summary>
internal sealed class EulerScheduler(SigmaSchedule schedule) : IScheduler
{
    public SigmaSchedule Schedule => schedule;

    public torch.Tensor Step(int index, torch.Tensor velocity, torch.Tensor sample)
        => sample.Plus(velocity, schedule.Sigmas[index + 1] - schedule.Sigmas[index]);

    public void Dispose()
    {
        // It has no state.
    }
}
