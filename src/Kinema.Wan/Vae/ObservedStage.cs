using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>A stage that passes its output to the observer under its name in the checkpoint.</summary>
internal sealed class ObservedStage(string name, IVaeStage stage) : IVaeStage
{
    public torch.Tensor Apply(torch.Tensor x, VaePass pass)
    {
        var output = stage.Apply(x, pass);
        pass.Observe(name, output);
        return output;
    }
}
