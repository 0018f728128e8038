using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Vae;

public sealed class VaeBehaviourTests
{
    public static TheoryData<string> Checkpoints => FixtureFolder.CheckpointsWith("vae");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void A_decoded_frame_does_not_depend_on_later_latents(string checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        using var fixture = VaeFixture.Load(checkpoint);
        var latents = VaeFixture.Noise(fixture.Config, frames: 3);

        var whole = fixture.Vae().Decode(latents, TestContext.Current.CancellationToken).ToArray();
        var shorter = fixture.Vae().Decode(latents.narrow(2, 0, 2), TestContext.Current.CancellationToken).ToArray();

        for (var i = 0; i < shorter.Length; i++)
            (shorter[i] - whole[i]).abs().max().item<float>().ShouldBe(0, $"{checkpoint} chunk {i}");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Bfloat16_weights_give_nearly_the_same_video(string checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        using var exact = VaeFixture.Load(checkpoint);
        using var rounded = VaeFixture.Load(checkpoint, torch.bfloat16);
        var latents = VaeFixture.Noise(exact.Config, frames: 2);

        var expected = torch.cat([.. exact.Vae().Decode(latents, TestContext.Current.CancellationToken)], 2);
        var actual = torch.cat([.. rounded.Vae().Decode(latents, TestContext.Current.CancellationToken)], 2);

        actual.dtype.ShouldBe(torch.float32);
        ((actual - expected).square().mean() / expected.square().mean()).sqrt().item<float>().ShouldBeLessThan(5e-2f);
    }

    [Theory]
    [InlineData(4, 32, 32)]
    [InlineData(5, 30, 32)]
    [InlineData(5, 32, 20)]
    public void A_video_of_an_unsupported_shape_is_rejected_with_the_supported_ones(int frames, int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        using var weights = new RandomWeights();
        var vae = new WanVae(weights, new VaeConfig { BaseDim = 4, DecoderBaseDim = 4 });

        Should.Throw<ArgumentException>(() => vae.Encode(torch.zeros([1, 3, frames, height, width]), TestContext.Current.CancellationToken))
            .Message.ShouldBe($"video must be [batch, 3, 4n+1, height, width] with height and width multiples of 8; got [1, 3, {frames}, {height}, {width}]");
    }
}
