using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Who looks on while a model computes.</summary>
internal sealed class ForwardWatch
{
    /// <summary>Nobody.</summary>
    public static ForwardWatch None { get; } = new();

    /// <summary>Sees named intermediate values, which are valid only during the call.</summary>
    public Action<string, Tensor>? Tap { get; init; }

    /// <summary>Told after every block: how many are done, and how many there are.</summary>
    public Action<int, int>? BlockDone { get; init; }

    public void See(string name, Tensor value) => Tap?.Invoke(name, value);
}
