using Kinema.Motion.Scenes;
using Kinema.Motion.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Scenes;

public sealed class SceneBuilderTests : IDisposable
{
    private readonly Studio _studio = new();

    public static TheoryData<string> Samples => [.. Studio.Samples];

    public void Dispose() => _studio.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Layers_laid_over_each_other_at_rest_are_the_picture(string sample)
    {
        var image = _studio.Reader.Read(Studio.Input(Studio.Sample(sample)), TestContext.Current.CancellationToken);
        using var scene = new SceneBuilder().Build(image, image.Width, image.Height, TestContext.Current.CancellationToken);

        using var picture = WorkingPicture.Of(image, image.Width, image.Height);
        using var rest = SceneSketch.AtRest(scene);
        Cv2.PSNR(picture, rest).ShouldBeGreaterThan(40);
    }
}
