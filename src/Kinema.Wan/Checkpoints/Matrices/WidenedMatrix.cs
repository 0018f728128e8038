using static TorchSharp.torch;

namespace Kinema.Wan.Checkpoints.Matrices;

/// <summary>A matrix in the compute type.</summary>
internal sealed class WidenedMatrix(Tensor weight) : IMatrix
{
    public ScalarType Type => weight.dtype;

    public Device Device => weight.device;

    public Tensor Multiply(Tensor x, Tensor? bias = null) => nn.functional.linear(x, weight, bias);

    public Tensor Rows(IReadOnlyList<int> indices)
    {
        using var at = tensor([.. indices.Select(index => (long)index)], device: weight.device);
        return weight.index_select(0, at);
    }
}
