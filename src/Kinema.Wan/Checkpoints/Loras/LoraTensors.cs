using Kinema.Wan.Arithmetic;
using TorchSharp;

namespace Kinema.Wan.Checkpoints.Loras;

/// <summary>A LoRA's part for one tensor, on the device and in float32: up [outputs, rank] and down [rank, inputs], or the difference itself, flat.</summary>
/// <remarks>Its tensors belong to the dispose scope it was made in.</remarks>
internal sealed record LoraTensors(torch.Tensor? Up, torch.Tensor? Down, torch.Tensor? Difference, double Factor)
{
    /// <summary>Adds some rows of the change to the same rows of the tensor, in place and as one product with its sum.</summary>
    /// <param name="rows">float32, contiguous.</param>
    /// <param name="start">The first of them within the tensor.</param>
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
