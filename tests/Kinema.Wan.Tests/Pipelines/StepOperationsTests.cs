using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Checkpoints;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Pipelines;

public sealed class StepOperationsTests
{
    /// <summary>Petaflops of one pass, computed from the published architecture by hand: linear layers and self-attention.</summary>
    [Theory]
    [InlineData("wan2.2_i2v_14B", false, 832, 480, 81, 1.68)]
    [InlineData("wan2.2_i2v_14B", false, 1280, 720, 81, 6.52)]
    [InlineData("wan2.2_ti2v_5B", true, 1280, 704, 121, 0.517)]
    public void A_step_takes_the_operations_of_the_published_architecture_in_each_pass(string model, bool expands, int width, int height, int frames, double petaflops)
    {
        var checkpoint = PublishedModel.Checkpoint(model, expands ? VaeConfig.Wan22 : VaeConfig.Wan21, expands);
        var request = new WanRequest { Image = new(2, 2, new byte[12]), Width = width, Height = height, NumFrames = frames };

        var guided = Count(request);

        (guided / 2e15).ShouldBe(petaflops, petaflops * 0.02);
        Count(request with { GuidanceScale = 1 }).ShouldBe(guided / 2);

        long Count(WanRequest wanted) => StepOperations.Of(checkpoint, new SettingsPlanner(checkpoint, TestModel.Of(), new()).Plan(wanted));
    }
}
