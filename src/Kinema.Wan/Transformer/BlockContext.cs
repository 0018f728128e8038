using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>What all blocks of one forward pass share.</summary>
/// <param name="Text">The text [batch, 512, dim].</param>
/// <param name="Image">The image tokens [batch, n, dim], or null.</param>
/// <param name="Modulation">The modulation vectors of every distinct time [times, 6·dim].</param>
/// <param name="Times">Which tokens have which time.</param>
/// <param name="Turns">The rotary positions.</param>
internal sealed record BlockContext(Tensor Text, Tensor? Image, Tensor Modulation, TokenTimes Times, Tensor Turns);
