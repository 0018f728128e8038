using Kinema.Wan.Checkpoints;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Vae;

public sealed class VaeConfigTests
{
    [Fact]
    public void Absent_keys_give_the_VAE_of_Wan_2_1()
    {
        var config = VaeConfig.From(ModelConfig.Parse("""{ "unheard_of": 1 }""", "vae/config.json"));

        (config.SpatialFactor, config.TemporalFactor).ShouldBe((8, 4));
        config.EncoderLevels.Select(level => level.OutChannels).ShouldBe([96, 192, 384, 384]);
        config.DecoderLevels.Select(level => level.InChannels).ShouldBe([384, 192, 192, 96]);
        config.LatentsMean[0].ShouldBe(-0.7571);
    }

    [Fact]
    public void The_VAE_of_Wan_2_2_doubles_the_size_of_a_latent()
    {
        (VaeConfig.Wan22.SpatialFactor, VaeConfig.Wan22.TemporalFactor).ShouldBe((16, 4));
        VaeConfig.Wan22.DecoderLevels.Select(level => level.InChannels).ShouldBe([1024, 1024, 1024, 512]);
    }

    [Theory]
    [InlineData("""{ "temperal_downsample": [true] }""", "vae/config.json: temperal_downsample must have one entry less than dim_mult, 3; it has 1")]
    [InlineData("""{ "latents_std": [1, 2] }""", "vae/config.json: latents_std must have z_dim = 16 values; it has 2")]
    [InlineData("""{ "dim_mult": [1, 1000000] }""", "vae/config.json: dim_mult must be a list of 1 to 8 numbers from 1 to 64")]
    [InlineData("""{ "patch_size": 2 }""", "vae/config.json: in_channels and out_channels must be multiples of patch_size squared")]
    public void An_invalid_VAE_configuration_is_rejected_with_the_key(string json, string message) =>
        Should.Throw<CheckpointException>(() => VaeConfig.From(ModelConfig.Parse(json, "vae/config.json"))).Message.ShouldBe(message);
}
