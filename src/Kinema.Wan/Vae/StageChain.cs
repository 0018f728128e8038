using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>Runs stages in sequence. Frees each output as soon as the next stage has read it, because at full size a chunk is large.</summary>
internal sealed class StageChain(IReadOnlyList<IVaeStage> stages) : IVaeStage
{
    public torch.Tensor Apply(torch.Tensor x, VaePass pass)
    {
        var current = stages[0].Apply(x, pass);
        foreach (var stage in stages.Skip(1))
        {
            using var previous = current;
            current = stage.Apply(previous, pass);
        }

        return current;
    }
}
