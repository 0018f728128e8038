using TorchSharp;

namespace Kinema.Wan.Schedulers;

/// <summary>Moves latents from noise to image, one step per model output. An instance serves one generation.</summary>
internal interface IScheduler : IDisposable
{
    /// <summary>The noise levels and timesteps of the steps.</summary>
    SigmaSchedule Schedule { get; }

    /// <summary>Moves the latents from noise level <paramref name="index"/> to the next one.</summary>
    /// <param name="index">The step, from 0; steps are taken in order.</param>
    /// <param name="velocity">The model's output at this step, of the latents' shape, in float32.</param>
    /// <param name="sample">The model's input latents, in float32. Not written.</param>
    /// <returns>New latents, attached to the caller's dispose scope.</returns>
    torch.Tensor Step(int index, torch.Tensor velocity, torch.Tensor sample);
}
