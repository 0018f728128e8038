using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Matrices;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>y = x·Wᵀ + b. x: [..., inputs] → [..., outputs].</summary>
internal sealed class Linear(IMatrix weight, Tensor? bias)
{
    /// <summary>The compute type.</summary>
    public ScalarType Type => weight.Type;

    /// <summary>Creates a layer from <c>name.weight</c> [outputs, inputs] and <c>name.bias</c> [outputs].</summary>
    public static Linear From(IWeights weights, string name, long inputs, long outputs)
        => new(weights.Matrix($"{name}.weight", outputs, inputs), weights.Get($"{name}.bias", outputs));

    /// <summary>Creates a layer with weights converted to float32.</summary>
    public static Linear FromFloat32(IWeights weights, string name, long inputs, long outputs, DerivedTensors derived) => new(
        new WidenedMatrix(derived.ToFloat32(weights.Get($"{name}.weight", outputs, inputs))),
        derived.ToFloat32(weights.Get($"{name}.bias", outputs)));

    public Tensor Apply(Tensor x) => weight.Multiply(x, bias);
}
