using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>A stage of the encoder or decoder, applied to a chunk of video.</summary>
internal interface IVaeStage
{
    /// <param name="x">[B, C, T, H, W], channels last; not written.</param>
    /// <param name="pass">The cached frames of the chunks before.</param>
    torch.Tensor Apply(torch.Tensor x, VaePass pass);
}
