using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>What all blocks of one forward pass share.</summary>
/// <param name="Text">The text [batch, 512, dim].</param>
/// <param name="Image">The image tokens [batch, n, dim], or null.</param>
/// <param name="Modulation">The modulation vectors of every distinct time [timesteps, 6·dim].</param>
/// <param name="Timesteps">Which tokens have which time.</param>
/// <param name="Rotations">The rotary positions.</param>
internal sealed record BlockContext(Tensor Text, Tensor? Image, Tensor Modulation, TokenTimesteps Timesteps, Tensor Rotations);
