using static TorchSharp.torch;

namespace Kinema.Wan.Checkpoints.Matrices;

/// <summary>A matrix of weights [outputs, inputs], in the compute type or packed as its file stores it.</summary>
internal interface IMatrix
{
    /// <summary>The compute type.</summary>
    ScalarType Type { get; }

    /// <summary>The compute device.</summary>
    Device Device { get; }

    /// <summary>Returns x·Wᵀ + b. x: [..., inputs] → [..., outputs].</summary>
    Tensor Multiply(Tensor x, Tensor? bias = null);

    /// <summary>Returns rows: n indices → [n, inputs] in the compute type.</summary>
    Tensor Rows(IReadOnlyList<int> indices);
}
