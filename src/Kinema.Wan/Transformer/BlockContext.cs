using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>The inputs that all blocks of a forward pass share.</summary>
/// <param name="Text">The text embedding [batch, 512, dim].</param>
/// <param name="Image">The image tokens [batch, n, dim], or null.</param>
/// <param name="Modulation">The modulation vectors of every distinct timestep [timesteps, 6·dim].</param>
/// <param name="Timesteps">The timestep of every token.</param>
/// <param name="Rotations">The rotations of the rotary position embedding.</param>
internal sealed record BlockContext(Tensor Text, Tensor? Image, Tensor Modulation, TokenTimesteps Timesteps, Tensor Rotations);
