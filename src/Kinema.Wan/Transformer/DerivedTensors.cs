using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>What a module made of its weights and has to release: above all the few small tensors that stay in float32 in a bfloat16 model.</summary>
internal sealed class DerivedTensors : IDisposable
{
    private readonly List<Tensor> _tensors = [];

    /// <summary>A weight in float32: itself where it is already, else a copy that is released with this.</summary>
    public Tensor ToFloat32(Tensor weight) => weight.dtype == ScalarType.Float32 ? weight : Own(weight.to_type(ScalarType.Float32));

    public Tensor Own(Tensor tensor)
    {
        _tensors.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }

    public void Dispose() => _tensors.ForEach(tensor => tensor.Dispose());
}
