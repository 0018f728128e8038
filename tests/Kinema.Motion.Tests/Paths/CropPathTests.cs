using Kinema.Motion.Paths;
using Kinema.Motion.Words;

namespace Kinema.Motion.Tests.Paths;

public sealed class CropPathTests
{
    public static TheoryData<string, string, int> Ways
    {
        get
        {
            var ways = new TheoryData<string, string, int>();
            foreach (var move in Moves.All)
            {
                foreach (var speed in Enum.GetValues<Speed>())
                {
                    foreach (var seconds in new[] { 2, 5, 15 })
                        ways.Add(move.ToString(), speed.ToString(), seconds);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_crop_never_leaves_the_picture_and_starts_large_enough(string move, string speed, int seconds)
    {
        var path = CropPath.For(new CameraPlan(Enum.Parse<Move>(move), Enum.Parse<Speed>(speed), Asked: true, []), seconds, seconds * 30);

        for (var i = 0; i < path.FrameCount; i++)
        {
            var crop = path.At(i);
            crop.X.ShouldBeGreaterThanOrEqualTo(0);
            crop.Y.ShouldBeGreaterThanOrEqualTo(0);
            (crop.X + crop.Width).ShouldBeLessThanOrEqualTo(1 + 1e-12);
            (crop.Y + crop.Height).ShouldBeLessThanOrEqualTo(1 + 1e-12);
            crop.Width.ShouldBe(crop.Height);
        }

        path.Start.Width.ShouldBeGreaterThanOrEqualTo(0.85 - 1e-12);
        path.End.Width.ShouldBeGreaterThanOrEqualTo(0.7);
    }

    [Theory]
    [InlineData(nameof(Move.PushIn))]
    [InlineData(nameof(Move.ZoomIn))]
    [InlineData(nameof(Move.Static))]
    public void Moves_that_can_start_from_the_whole_picture(string move) => Of(move, 5).Start.ShouldBe(Crop.Whole);

    [Theory]
    [InlineData(nameof(Move.PullOut))]
    [InlineData(nameof(Move.ZoomOut))]
    public void Moves_that_end_on_the_whole_picture(string move) => Of(move, 5).At(149).ShouldBe(Crop.Whole);

    [Fact]
    public void The_default_push_grows_by_a_tenth_in_five_seconds_and_slower_in_longer_videos()
    {
        var five = CropPath.For(new CameraPlan(Move.PushIn, Speed.Normal, Asked: false, []), 5, 150);
        var fifteen = CropPath.For(new CameraPlan(Move.PushIn, Speed.Normal, Asked: false, []), 15, 450);

        five.Amplitude.ShouldBe(0.10);
        (fifteen.Amplitude / 15).ShouldBeLessThan(five.Amplitude / 5 * 0.7);
    }

    [Fact]
    public void The_pace_is_continuous_and_rests_at_both_ends()
    {
        (Easing.At(0), Easing.At(1)).ShouldBe((0, 1));
        var pace = Enumerable.Range(0, 1000).Select(i => (Easing.At((i + 1) / 1000.0) - Easing.At(i / 1000.0)) * 1000).ToList();
        pace.ShouldAllBe(step => step >= 0);
        pace[0].ShouldBeLessThan(0.001);
        pace[^1].ShouldBeLessThan(0.001);
        pace.Zip(pace.Skip(1), (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(0.01);
    }

    private static CropPath Of(string move, int seconds) => CropPath.For(new CameraPlan(Enum.Parse<Move>(move), Speed.Normal, true, []), seconds, seconds * 30);
}
