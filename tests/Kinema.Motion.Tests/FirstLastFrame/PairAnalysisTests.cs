using OpenCvSharp;

namespace Kinema.Motion.Tests.FirstLastFrame;

public sealed class PairAnalysisTests
{
    [Theory]
    [InlineData("shift")]
    [InlineData("zoom")]
    [InlineData("far")]
    public void The_middle_frame_is_much_closer_to_the_reference_than_a_dissolve(string move)
    {
        using var pair = SyntheticScenes.Make(move);
        pair.Analyse();
        using Mat frame = pair.Render(0.5), dissolve = pair.Dissolved();
        var (ours, plain) = (Cv2.PSNR(frame, pair.Middle!), Cv2.PSNR(dissolve, pair.Middle!));
        TestContext.Current.TestOutputHelper?.WriteLine($"{move}: {pair.Analysis.Kind}, {ours:F1} against {plain:F1} dB");
        (ours - plain).ShouldBeGreaterThan(6);
    }

    [Theory]
    [InlineData("figure", 1, 3)]
    [InlineData("leaving", 2, 4)]
    public async Task A_moving_object_stays_whole_and_leaves_no_trace_on_the_background(string move, int frame, int frames)
    {
        using var pair = SyntheticScenes.Make(move);
        var luma = await pair.LumaAsync(frame, frames);

        using var dissolve = pair.Dissolved();
        var truth = PicturePair.Luma(pair.Middle!);
        var (ours, plain) = (Psnr(luma, truth), Psnr(PicturePair.Luma(dissolve), truth));
        TestContext.Current.TestOutputHelper?.WriteLine($"{move}: {ours:F1} against {plain:F1} dB");
        (ours - plain).ShouldBeGreaterThan(6);
    }

    private static double Psnr(float[] ours, float[] theirs) => 10 * Math.Log10(255 * 255 / ours.Zip(theirs, (a, b) => (a - b) * (a - b)).Average());
}
