using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Vae;

[Collection(CountsTensors.Name)]
public sealed class VaeMemoryTests
{
    public static TheoryData<string> Checkpoints => FixtureFolder.CheckpointsWith("vae");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Decoding_again_and_again_keeps_no_tensor(string checkpoint)
    {
        using var fixture = VaeFixture.Load(checkpoint);
        using var latents = VaeFixture.Noise(fixture.Config, frames: 3);
        var vae = fixture.Vae();
        var tiled = fixture.Vae(Tiles(fixture.Config));
        DecodeAndEncode(vae, latents, TestContext.Current.CancellationToken);
        DecodeAndEncode(tiled, latents, TestContext.Current.CancellationToken);

        var before = CountsTensors.AfterCollection();
        for (var i = 0; i < 3; i++)
        {
            DecodeAndEncode(vae, latents, TestContext.Current.CancellationToken);
            DecodeAndEncode(tiled, latents, TestContext.Current.CancellationToken);
        }

        torch.Tensor.TotalCount.ShouldBe(before);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Abandoned_or_cancelled_decoding_keeps_no_tensor(string checkpoint)
    {
        using var fixture = VaeFixture.Load(checkpoint);
        using var latents = VaeFixture.Noise(fixture.Config, frames: 3);
        var vae = fixture.Vae();
        vae.Decode(latents, TestContext.Current.CancellationToken).First().Dispose();

        var before = CountsTensors.AfterCollection();
        vae.Decode(latents, TestContext.Current.CancellationToken).First().Dispose();
        foreach (var layers in (int[])[1, 5, 30])
        {
            using var source = new CancellationTokenSource();
            var seen = 0;
            var cancelling = fixture.Vae(observer: (_, _) => CancelAfter(layers));
            Should.Throw<OperationCanceledException>(() => DecodeAndEncode(cancelling, latents, source.Token));

            void CancelAfter(int count)
            {
                if (++seen == count)
                    source.Cancel();
            }
        }

        torch.Tensor.TotalCount.ShouldBe(before);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void As_many_tensors_live_after_the_twelfth_latent_frame_as_after_the_third(string checkpoint)
    {
        using var fixture = VaeFixture.Load(checkpoint);
        using var latents = VaeFixture.Noise(fixture.Config, frames: 12);
        var vae = fixture.Vae();
        var (before, live) = (CountsTensors.AfterCollection(), new List<long>());

        foreach (var chunk in vae.Decode(latents, TestContext.Current.CancellationToken))
        {
            chunk.Dispose();
            live.Add(torch.Tensor.TotalCount - before);
        }

        live.Count.ShouldBe(12);
        live[2].ShouldBeGreaterThan(0, "every convolution remembers frames");
        live.Skip(2).ShouldAllBe(count => count == live[2]);
        (torch.Tensor.TotalCount - before).ShouldBe(0);
    }

    private static void DecodeAndEncode(WanVae vae, torch.Tensor latents, CancellationToken ct)
    {
        var chunks = new List<torch.Tensor>();
        try
        {
            foreach (var chunk in vae.Decode(latents, ct))
                chunks.Add(chunk);
            using var video = torch.cat(chunks, 2);
            vae.Encode(video, ct).Dispose();
        }
        finally
        {
            chunks.ForEach(chunk => chunk.Dispose());
        }
    }

    private static VaeTileSizes Tiles(VaeConfig config) => new()
    {
        TileHeight = 4 * config.SpatialFactor,
        TileWidth = 4 * config.SpatialFactor,
        StrideHeight = 3 * config.SpatialFactor,
        StrideWidth = 3 * config.SpatialFactor,
    };
}
