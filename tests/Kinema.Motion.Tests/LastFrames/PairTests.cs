using OpenCvSharp;

namespace Kinema.Motion.Tests.LastFrames;

public sealed class PairTests
{
    [Theory]
    [InlineData("shift")]
    [InlineData("zoom")]
    [InlineData("figure")]
    [InlineData("far")]
    public void Halfway_is_much_closer_to_the_truth_than_a_dissolve(string move)
    {
        using var pair = Scenes.Make(move);
        pair.Analyse();
        using Mat frame = pair.Paint(0.5), dissolve = pair.Dissolved();
        var (ours, plain) = (Cv2.PSNR(frame, pair.Middle!), Cv2.PSNR(dissolve, pair.Middle!));
        TestContext.Current.TestOutputHelper?.WriteLine($"{move}: {pair.Analysis.Kind}, {ours:F1} against {plain:F1} dB");
        (ours - plain).ShouldBeGreaterThan(6);
    }
}
