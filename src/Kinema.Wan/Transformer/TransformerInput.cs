using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>The inputs of a transformer.</summary>
/// <param name="Latents">The latents with the conditioning joined along the channels [batch, in channels, frames, rows, columns].</param>
/// <param name="Timesteps">The timestep of every token.</param>
/// <param name="Text">The prompt's embedding, padded with zero rows [batch, 512, text dim].</param>
/// <param name="Image">CLIP's tokens [batch·images, n, image dim], for models that take them.</param>
/// <param name="Residual">Caches the blocks' residual, or supplies a cached one in place of the blocks. Null runs the blocks and caches nothing.</param>
internal sealed record TransformerInput(Tensor Latents, TokenTimesteps Timesteps, Tensor Text, Tensor? Image = null, ResidualCache? Residual = null);
