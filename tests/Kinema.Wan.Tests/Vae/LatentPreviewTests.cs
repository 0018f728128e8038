using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Vae;

public sealed class LatentPreviewTests
{
    [Theory]
    [InlineData(16, 93, 98, 69)]
    [InlineData(48, 129, 115, 118)]
    public void Latents_of_zero_look_like_the_offset(int channels, int red, int green, int blue)
    {
        using var latents = torch.zeros([1, channels, 2, 3, 5]);

        var pictures = LatentPreview.For(channels)!.Render(latents);

        pictures.Count.ShouldBe(2);
        (pictures[1].Width, pictures[1].Height).ShouldBe((5, 3));
        pictures[1].Pixels.ToArray().Chunk(3).ShouldAllBe(pixel => pixel[0] == red && pixel[1] == green && pixel[2] == blue);
    }

    [Fact]
    public void A_channel_adds_its_colour_where_it_is_and_is_cut_off_at_white()
    {
        using var latents = torch.zeros([1, 16, 1, 2, 2]);
        latents[0, 3, 0, 1, 0] = 1;
        latents[0, 3, 0, 0, 1] = 100;

        var picture = LatentPreview.For(16)!.Render(latents)[0].Pixels.ToArray();

        picture[6..9].ShouldBe([123, 149, 97]);
        picture[3..6].ShouldBe([255, 255, 255]);
        picture[..3].ShouldBe([93, 98, 69]);
    }

    [Fact]
    public void There_is_no_preview_of_latents_nobody_fitted() => LatentPreview.For(4).ShouldBeNull();
}
