using System.Text.Json;
using Kinema.Wan.Images;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Images;

public sealed class OutputSizeTests
{
    private static string SizesFile => Path.Combine(FixtureFolder.Root, "expected", "preprocessing", "sizes.json");

    public static TheoryData<string> Sizes => File.Exists(SizesFile) ? [SizesFile] : [];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Sizes))]
    public void Sizes_follow_the_three_rules_of_the_reference(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var item in document.RootElement.EnumerateArray())
        {
            var image = new ImageSize(Number(item, "image_width"), Number(item, "image_height"));
            var (area, multiple) = (Number(item, "max_area"), Number(item, "multiple"));
            var what = $"{image.Width} x {image.Height}, area {area}, multiple {multiple}";

            OutputSize.Diffusers(image, area, multiple).ShouldBe(Size(item.GetProperty("diffusers")), what);
            OutputSize.WanImageToVideo(image, area, Number(item, "vae_stride")).ShouldBe(Size(item.GetProperty("wan_i2v")), what);

            var covered = item.GetProperty("wan_ti2v");
            OutputSize.WanTextImageToVideo(image, area, multiple).ShouldBe(
                new CoveredSize(
                    Size(covered),
                    new ImageSize(Number(covered, "resize_width"), Number(covered, "resize_height")),
                    Number(covered, "crop_x"),
                    Number(covered, "crop_y")),
                what);
            Compare.Counted();
        }
    }

    private static ImageSize Size(JsonElement size) => new(Number(size, "width"), Number(size, "height"));

    private static int Number(JsonElement item, string name) => item.GetProperty(name).GetInt32();
}
