using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Callbacks during a forward pass.</summary>
internal sealed class ForwardHooks
{
    /// <summary>No hooks.</summary>
    public static ForwardHooks None { get; } = new();

    /// <summary>Receives named intermediate tensors, which are valid only during the call.</summary>
    public Action<string, Tensor>? OnTensor { get; init; }

    /// <summary>Receives the number of completed blocks and the total, after every block.</summary>
    public Action<int, int>? OnBlockDone { get; init; }

    public void Observe(string name, Tensor value) => OnTensor?.Invoke(name, value);
}
