using Kinema.Wan.Images;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Images;

/// <summary>Pixels against those that Pillow and transformers made.</summary>
public sealed class PixelReferenceTests
{
    private const double LanczosTolerance = 2 / 255.0;
    private const double ClipTolerance = 1 / (255 * 0.261);

    public static TheoryData<string> Files => FixtureFolder.Matching("images.safetensors");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void Images_are_resized_as_Pillow_resizes_them(string path)
    {
        using var scope = torch.NewDisposeScope();
        using var expected = FixtureFolder.Expected(path);

        foreach (var name in expected.Cases(".preprocessed"))
        {
            var wanted = expected[$"{name}.preprocessed"];
            var size = new ImageSize((int)wanted.shape[3], (int)wanted.shape[2]);
            var pixels = VideoPixels.Preprocess(Image(expected[$"{name}.image_u8"]), size);

            Compare.Close(pixels, wanted, LanczosTolerance, $"{path} {name}");
            DifferingBytes(pixels, wanted, 2 / 255.0).ShouldBe(0, $"{name} is equal to the byte, not only close");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void Images_are_prepared_for_CLIP_as_transformers_prepares_them(string path)
    {
        using var scope = torch.NewDisposeScope();
        using var expected = FixtureFolder.Expected(path);

        foreach (var name in expected.Cases(".pixel_values"))
        {
            var wanted = expected[$"{name}.pixel_values"];
            var pixels = ClipPixels.Square((int)wanted.shape[3]).Apply(Image(expected[$"{name}.image_u8"]));

            Compare.Close(pixels, wanted, ClipTolerance, $"{path} {name}");
            DifferingBytes(pixels, wanted, 1 / (255 * 0.276)).ShouldBe(0, $"{name} is equal to the byte, not only close");
        }
    }

    private static long DifferingBytes(torch.Tensor actual, torch.Tensor expected, double level) =>
        (actual - expected).abs().gt(level / 2).sum().item<long>();

    private static RgbImage Image(torch.Tensor bytes) => new((int)bytes.shape[1], (int)bytes.shape[0], bytes.data<byte>().ToArray());
}
