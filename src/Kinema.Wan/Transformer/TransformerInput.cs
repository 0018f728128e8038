using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>What a transformer is given.</summary>
/// <param name="Latents">The latents with whatever is joined to their channels [batch, in channels, frames, rows, columns].</param>
/// <param name="Timesteps">The time of every token.</param>
/// <param name="Text">The prompt's embedding, padded with zero rows [batch, 512, text dim].</param>
/// <param name="Image">CLIP's tokens [batch·images, n, image dim], for models that take them.</param>
/// <param name="Residual">Keeps what the blocks add, or gives what they added earlier in their place; null runs them and keeps nothing.</param>
internal sealed record TransformerInput(Tensor Latents, TokenTimesteps Timesteps, Tensor Text, Tensor? Image = null, ResidualCache? Residual = null);
