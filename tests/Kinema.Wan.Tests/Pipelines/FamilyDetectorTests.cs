using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Checkpoints;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Detection of a checkpoint's family from its transformer, its VAE and whether its tokens have timesteps of their own.</summary>
public sealed class FamilyDetectorTests
{
    [Theory]
    [InlineData("wan2.2_i2v_14B", false, false, WanFamily.Wan22ImageToVideo)]
    [InlineData("wan2.1_i2v_14B", false, false, WanFamily.Wan21ImageToVideo)]
    [InlineData("wan2.1_flf2v_14B", false, false, WanFamily.Wan21FirstLastFrame)]
    [InlineData("wan2.2_ti2v_5B", true, true, WanFamily.Wan22TextImageToVideo)]
    public void Matching_configurations_are_a_family(string model, bool newVae, bool expandTimesteps, WanFamily family) =>
        Checkpoint(model, newVae, expandTimesteps).Family.ShouldBe(family);

    [Theory]
    [InlineData("wan2.1_t2v_14B", false, false)]
    [InlineData("wan2.2_ti2v_5B", true, false)]
    [InlineData("wan2.2_ti2v_5B", false, true)]
    [InlineData("wan2.2_i2v_14B", false, true)]
    [InlineData("wan2.2_i2v_14B", true, false)]
    [InlineData("wan2.2_fun_inp_5B", true, true)]
    public void Mismatched_channels_are_rejected_with_the_actual_and_the_expected_ones(string model, bool newVae, bool expandTimesteps)
    {
        var (transformer, latents) = (PublishedModel.Config(model), newVae ? 48 : 16);

        Should.Throw<CheckpointException>(() => Checkpoint(model, newVae, expandTimesteps).Family).Message.ShouldBe(
            $"{model}: the transformer takes {transformer.InChannels} channels and gives {transformer.OutChannels}{(expandTimesteps ? ", with expand_timesteps" : "")}. "
            + $"An image-to-video model with this VAE takes {(2 * latents) + 4} (latents, mask, image), or {latents} with expand_timesteps, and gives {latents}; "
            + "text-to-video models are not supported.");
    }

    private static Checkpoint Checkpoint(string model, bool newVae, bool expandTimesteps) =>
        PublishedModel.Checkpoint(model, newVae ? VaeConfig.Wan22 : VaeConfig.Wan21, expandTimesteps);
}
