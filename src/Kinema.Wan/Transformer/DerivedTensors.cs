using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Owns the tensors that a module derives from its weights, above all the few small ones that stay in float32 in a bfloat16 model.</summary>
internal sealed class DerivedTensors : IDisposable
{
    private readonly List<Tensor> _tensors = [];

    /// <summary>Returns the weight itself if it is float32, else an owned float32 copy.</summary>
    public Tensor ToFloat32(Tensor weight) => weight.dtype == ScalarType.Float32 ? weight : Own(weight.to_type(ScalarType.Float32));

    public Tensor Own(Tensor tensor)
    {
        _tensors.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }

    public void Dispose() => _tensors.ForEach(tensor => tensor.Dispose());
}
