using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>A part of the encoder or decoder that takes a chunk of video and gives the next one.</summary>
internal interface IVaeStage
{
    /// <param name="x">[B, C, T, H, W], channels last; it is not written.</param>
    /// <param name="pass">What the layers remember of the chunks before.</param>
    torch.Tensor Apply(torch.Tensor x, VaePass pass);
}
