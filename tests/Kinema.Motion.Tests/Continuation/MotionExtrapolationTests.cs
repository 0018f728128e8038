using Kinema.Motion.Continuation;

namespace Kinema.Motion.Tests.Continuation;

public sealed class MotionExtrapolationTests
{
    private const double Aspect = 16.0 / 9;
    private const double Margin = 0.02;

    private static readonly SimilarityTransform _push = new(0, 0, 0.06, 0);

    public static TheoryData<double, double, double, double> Velocities => new()
    {
        { 0, 0, 0, 0 },
        { 0.004, 0, 0, 0 },
        { -0.012, 0.003, 0, 0 },
        { 0, 0.01, -0.004, 0 },
        { 0, 0, -0.01, 0 },
        { 0, 0, 0.02, 0 },
        { 0.002, 0, 0, 0.01 },
        { 0.2, 0.2, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Velocities))]
    public void The_padded_edge_never_becomes_visible(double x, double y, double growth, double turn)
    {
        var extrapolation = MotionExtrapolation.For(new(x, y, growth, turn), _push, 120, Aspect, Margin);

        for (var frame = 0; frame <= 120; frame++)
        {
            var moved = extrapolation.At(frame);
            foreach (var (cornerX, cornerY) in new[] { (-Aspect / 2, -0.5), (Aspect / 2, -0.5), (-Aspect / 2, 0.5), (Aspect / 2, 0.5) })
            {
                var (fromX, fromY) = moved.ApplyInverse(cornerX, cornerY);
                Math.Abs(fromX).ShouldBeLessThanOrEqualTo((Aspect / 2) + Margin + 1e-9);
                Math.Abs(fromY).ShouldBeLessThanOrEqualTo(0.5 + Margin + 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(0.004, 0, 0)]
    [InlineData(-0.006, 0.003, 0)]
    [InlineData(0, 0, 0.004)]
    public void The_first_new_frame_continues_at_the_velocity_of_the_clip(double x, double y, double growth)
    {
        var first = MotionExtrapolation.For(new(x, y, growth, 0), _push, 90, Aspect, Margin).At(1);

        first.X.ShouldBe(x, 1e-9 + (Math.Abs(x) * 0.25));
        first.Y.ShouldBe(y, 1e-9 + (Math.Abs(y) * 0.25));
        first.LogScale.ShouldBe(growth, Math.Max(0.0005, growth * 0.25));
    }

    [Fact]
    public void No_frame_jumps()
    {
        var extrapolation = MotionExtrapolation.For(new(-0.008, 0, 0, 0), _push, 90, Aspect, Margin);

        for (var frame = 2; frame <= 90; frame++)
        {
            var change = extrapolation.At(frame).X - (2 * extrapolation.At(frame - 1).X) + extrapolation.At(frame - 2).X;
            Math.Abs(change).ShouldBeLessThan(0.002);
        }
    }

    [Fact]
    public void It_comes_to_rest()
    {
        var extrapolation = MotionExtrapolation.For(new(0.006, 0, 0, 0), _push, 150, Aspect, Margin);

        Math.Abs(extrapolation.At(150).X - extrapolation.At(149).X).ShouldBeLessThan(1e-4);
        Math.Abs(extrapolation.At(150).LogScale - extrapolation.At(149).LogScale).ShouldBeLessThan(1e-4);
    }
}
