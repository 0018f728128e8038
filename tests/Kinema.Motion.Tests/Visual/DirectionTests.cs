using Kinema.Motion.Prompts;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests.Visual;

/// <summary>Every move on every picture with trackable features: on-screen motion must match the camera grammar.</summary>
public sealed class DirectionTests(SceneFixture scenes) : IClassFixture<SceneFixture>
{
    private const int FewestPoints = 12;

    /// <summary>Least visible displacement of a move of two seconds, pixels of a frame 640 wide.</summary>
    private const double MinVisiblePixels = 2.5;

    /// <summary>Allowed motion along a fixed axis, as a fraction of the moving one. A rotation or a sloped surface causes a little along every axis.</summary>
    private const double MaxStrayShare = 0.4;

    /// <summary>The same for parallax in moves without parallax.</summary>
    private const double MaxStrayParallaxShare = 0.12;

    public static TheoryData<string> Photographs => [.. Pictures.Photographs];

    /// <summary>
    /// Without strips: stretched as they are, too much in them looks like its neighbour. Without line art, which has too few corners; <see cref="MoveTests"/>
    /// measures it as a whole.
    /// </summary>
    public static TheoryData<string> Others => ["portrait", "square", "tiny", "screenshot", Pictures.Huge];

    [Theory]
    [MemberData(nameof(Photographs))]
    public void Every_move_follows_the_camera_grammar_on_every_photograph(string picture) => Verify(picture);

    [Theory]
    [Trait("Set", "long")]
    [MemberData(nameof(Others))]
    public void Every_move_follows_the_camera_grammar_on_pictures_of_every_shape_and_kind(string picture) => Verify(picture);

    private void Verify(string picture)
    {
        List<string> wrong = [];
        foreach (var move in Moves.All)
            wrong.AddRange(Verify(TrackedShot.Of(scenes, picture, move, every: 5), move));
        wrong.ShouldBeEmpty(picture);
    }

    private static List<string> Verify(TrackedShot shot, Move move)
    {
        var expected = ExpectedFor(shot, move);
        if (expected is null)
            return [];
        if (shot.Points < FewestPoints)
            return [$"{move}: only {shot.Points} points could be tracked"];
        List<string> wrong = [];
        var farthest = Enumerable.Range(0, shot.Frames).Max(shot.MaxDisplacement);
        Check(expected.IsStatic ? farthest < 0.02 : farthest > MinVisiblePixels, $"goes {farthest:0.00} pixels");
        if (expected.IsStatic)
            return wrong;
        var found = shot.FitAt(shot.Frames - 1, growing: expected.Growth != 0 || expected.NearGrowth != 0);
        if (expected.Oscillates)
        {
            Check(shot.MaxDisplacement(shot.Frames - 1) < 0.1, "does not come back");
            return wrong;
        }

        double[] measured = [found.X, found.Y, found.Growth * TrackedShot.PixelsAway, found.Turn * TrackedShot.PixelsAway];
        int[] signs = [expected.X, expected.Y, expected.Growth, expected.Turn];
        var main = measured.Zip(signs, (value, sign) => value * sign).Max();
        double[] near = [found.NearX, found.NearY, found.NearGrowth * TrackedShot.PixelsAway];
        int[] nearSigns = [expected.NearX, expected.NearY, expected.NearGrowth];
        for (var axis = 0; axis < 4; axis++)
        {
            if (signs[axis] != 0)
                Check(measured[axis] * signs[axis] > MinVisiblePixels, $"axis {axis} moves in the wrong direction");
            else if (main > 0 && !(axis == 1 && ExpectedMotion.Of(move).NearY != 0))
                Check(Math.Abs(measured[axis]) < (MaxStrayShare * main) + 1, $"axis {axis} goes too");
        }

        for (var axis = 0; axis < 3; axis++)
        {
            if (nearSigns[axis] != 0)
                Check(near[axis] * nearSigns[axis] > 0.8, $"near and far separate in the wrong direction along axis {axis}");
            else if (expected.NoParallax && shot.HasDepth)
                Check(Math.Abs(near[axis]) < (MaxStrayParallaxShare * main) + 1, $"near and far separate along axis {axis}");
        }

        if (expected.SubjectIsFixed)
        {
            var (of, parallax) = expected.NearGrowth != 0 ? (found.Growth, found.NearGrowth) : (found.X / TrackedShot.PixelsAway, found.NearX / TrackedShot.PixelsAway);
            var atSubject = TrackedShot.PixelsAway * (of + (parallax * found.PlaceOf(shot.Depth.Subject)));
            Check(Math.Abs(atSubject) < (0.35 * TrackedShot.PixelsAway * Math.Abs(parallax)) + 1, $"the subject goes {atSubject:0.0}");
        }

        return wrong;

        static ExpectedMotion? ExpectedFor(TrackedShot shot, Move move)
        {
            if (shot.HasDepth && shot.Path.Trajectory.Segments[0][0].AddedZoom > 0)
                return ExpectedMotion.Of(move) with { Growth = 1, SubjectIsFixed = false };
            if (shot.HasDepth)
                return ExpectedMotion.Of(move);
            if (shot.Depth.Spread < TrackedShot.LeastSpread)
                return ExpectedMotion.OnFlat(move);
            // The object leaves too little background for tracked points.
            var withoutParallax = ExpectedMotion.Of(move) with { NearX = 0, NearY = 0, NearGrowth = 0 };
            return withoutParallax.SubjectIsFixed ? null : withoutParallax;
        }

        void Check(bool holds, string what)
        {
            if (!holds)
                wrong.Add($"{move}: {what} ({shot.Points} points; {(expected.IsStatic || expected.Oscillates ? "" : shot.FitAt(shot.Frames - 1, expected.Growth != 0 || expected.NearGrowth != 0))})");
        }
    }
}
