using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>The tensors of one model under their Diffusers names, already in the type and on the device the model computes with.</summary>
internal interface IWeights
{
    /// <summary>Whether there is a tensor of that name.</summary>
    bool Has(string name);

    /// <summary>A tensor that must be there with that shape. It belongs to whoever loaded the weights and must be neither written nor disposed.</summary>
    /// <param name="name">Its name below this prefix, for example <c>attn1.to_q.weight</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="CheckpointException">It is missing or shaped otherwise; the message names file, tensor and both shapes.</exception>
    torch.Tensor Get(string name, params ReadOnlySpan<long> shape);

    /// <summary>Returns a tensor derived from the weights: computed when it is first asked for, released with them.</summary>
    /// <param name="name">Its name below this prefix, which no stored tensor has.</param>
    /// <param name="derive">Computes it. The result must own its storage or be a view of these weights.</param>
    torch.Tensor Derive(string name, Func<torch.Tensor> derive);

    /// <summary>The same weights seen from a prefix, which must end in a dot: <c>blocks.0.</c></summary>
    IWeights At(string prefix);
}
