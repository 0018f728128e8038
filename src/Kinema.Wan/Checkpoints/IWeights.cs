using Kinema.Wan.Checkpoints.Matrices;
using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>The tensors of one model under their Diffusers names, in the compute type and on the compute device.</summary>
internal interface IWeights
{
    /// <summary>Whether there is a tensor of that name.</summary>
    bool Has(string name);

    /// <summary>Returns a required tensor. The loader of the weights owns it; callers must neither write nor dispose it.</summary>
    /// <param name="name">Its name below this prefix, for example <c>attn1.to_q.weight</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="CheckpointException">It is missing or has another shape; the message names file, tensor and both shapes.</exception>
    torch.Tensor Get(string name, params ReadOnlySpan<long> shape);

    /// <summary>Returns a required matrix, which may stay packed as its file stores it. The loader of the weights owns it.</summary>
    /// <param name="name">Its name below this prefix.</param>
    /// <param name="outputs">Its rows.</param>
    /// <param name="inputs">Its columns.</param>
    /// <exception cref="CheckpointException">It is missing or has another shape.</exception>
    IMatrix Matrix(string name, long outputs, long inputs) => new WidenedMatrix(Get(name, outputs, inputs));

    /// <summary>Returns a tensor derived from the weights: computed on first use, released with them.</summary>
    /// <param name="name">Its name below this prefix, which no stored tensor has.</param>
    /// <param name="derive">Computes it. The result must own its storage or be a view of these weights.</param>
    torch.Tensor Derive(string name, Func<torch.Tensor> derive);

    /// <summary>Returns the same weights below a prefix, which must end in a dot: <c>blocks.0.</c></summary>
    IWeights At(string prefix);
}
