using Kinema.Wan.Arithmetic;
using TorchSharp;

namespace Kinema.Wan.Checkpoints.Loras;

/// <summary>
/// A LoRA's tensors for one model tensor, on the device and in float32: up [outputs, rank] and down [rank, inputs], or the full difference, flat.
/// </summary>
/// <remarks>The dispose scope of their creation owns them.</remarks>
internal sealed record LoraTensors(torch.Tensor? Up, torch.Tensor? Down, torch.Tensor? Difference, double Factor)
{
    /// <summary>Adds some rows of the delta to the same rows of the tensor, in place, as one product with its sum.</summary>
    /// <param name="rows">float32, contiguous.</param>
    /// <param name="start">The index of the first row within the tensor.</param>
    public void AddTo(torch.Tensor rows, long start)
    {
        using var scope = torch.NewDisposeScope();
        if (Difference is not null)
        {
            var count = rows.numel();
            var first = rows.dim() == 0 ? 0 : start * (count / rows.shape[0]);
            rows.view(-1).AddInPlace(Difference.narrow(0, first, count), Factor);
        }
        else
        {
            rows.view([rows.shape[0], -1]).addmm_(Up!.narrow(0, start, rows.shape[0]), Down!, beta: 1, alpha: (float)Factor);
        }
    }
}
