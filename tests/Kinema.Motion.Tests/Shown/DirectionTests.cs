using Kinema.Motion.Prompts;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests.Shown;

/// <summary>Every move there is, over every picture in which something can be followed: does the content do on screen what the grammar says?</summary>
public sealed class DirectionTests(Sights sights) : IClassFixture<Sights>
{
    private const int FewestPoints = 12;

    /// <summary>Pixels of a frame 640 wide that a move of two seconds takes something over; less is not seen.</summary>
    private const double Visible = 2.5;

    /// <summary>What may be seen along an axis that rests, as a part of the one that moves: a camera that is turned or goes before a slope makes some of all.</summary>
    private const double Stray = 0.4;

    /// <summary>The same for near and far in moves that part nothing.</summary>
    private const double StrayParting = 0.12;

    public static TheoryData<string> Photographs => [.. Pictures.Photographs];

    /// <summary>
    /// Strips are left to the tests of odd pictures: stretched as they are, too much in them looks like its neighbour. So is line art, which has too few
    /// corners; <see cref="MoveTests"/> measures it as a whole.
    /// </summary>
    public static TheoryData<string> Others => ["portrait", "square", "tiny", "screenshot", Pictures.Huge];

    [Theory]
    [MemberData(nameof(Photographs))]
    public void Every_move_goes_the_way_the_grammar_says_on_every_photograph(string picture) => Judge(picture);

    [Theory]
    [Trait("Set", "long")]
    [MemberData(nameof(Others))]
    public void So_it_does_on_pictures_of_every_shape_and_kind(string picture) => Judge(picture);

    private void Judge(string picture)
    {
        List<string> wrong = [];
        foreach (var move in Moves.All)
            wrong.AddRange(Judge(Shot.Of(sights, picture, move, every: 5), move));
        wrong.ShouldBeEmpty(picture);
    }

    private static List<string> Judge(Shot shot, Move move)
    {
        var expected = Expected(shot, move);
        if (expected is null)
            return [];
        if (shot.Points < FewestPoints)
            return [$"{move}: only {shot.Points} points could be followed"];
        List<string> wrong = [];
        var farthest = Enumerable.Range(0, shot.Frames).Max(shot.Farthest);
        Check(expected.Rests ? farthest < 0.02 : farthest > Visible, $"goes {farthest:0.00} pixels");
        if (expected.Rests)
            return wrong;
        var found = shot.To(shot.Frames - 1, growing: expected.Growth != 0 || expected.NearGrowth != 0);
        if (expected.Sways)
        {
            Check(shot.Farthest(shot.Frames - 1) < 0.1, "does not come back");
            return wrong;
        }

        double[] seen = [found.X, found.Y, found.Growth * Shot.PixelsAway, found.Turn * Shot.PixelsAway];
        int[] signs = [expected.X, expected.Y, expected.Growth, expected.Turn];
        var main = seen.Zip(signs, (value, sign) => value * sign).Max();
        double[] near = [found.NearX, found.NearY, found.NearGrowth * Shot.PixelsAway];
        int[] nearSigns = [expected.NearX, expected.NearY, expected.NearGrowth];
        for (var axis = 0; axis < 4; axis++)
        {
            if (signs[axis] != 0)
                Check(seen[axis] * signs[axis] > Visible, $"axis {axis} goes the wrong way");
            else if (main > 0 && !(axis == 1 && Shown.Expected.Of(move).NearY != 0))
                Check(Math.Abs(seen[axis]) < (Stray * main) + 1, $"axis {axis} goes too");
        }

        for (var axis = 0; axis < 3; axis++)
        {
            if (nearSigns[axis] != 0)
                Check(near[axis] * nearSigns[axis] > 0.8, $"near and far part the wrong way along axis {axis}");
            else if (expected.Alike && shot.HasDepth)
                Check(Math.Abs(near[axis]) < (StrayParting * main) + 1, $"near and far part along axis {axis}");
        }

        if (expected.SubjectRests)
        {
            var (of, parting) = expected.NearGrowth != 0 ? (found.Growth, found.NearGrowth) : (found.X / Shot.PixelsAway, found.NearX / Shot.PixelsAway);
            var atSubject = Shot.PixelsAway * (of + (parting * found.PlaceOf(shot.Depth.Subject)));
            Check(Math.Abs(atSubject) < (0.35 * Shot.PixelsAway * Math.Abs(parting)) + 1, $"the subject goes {atSubject:0.0}");
        }

        return wrong;

        static Expected? Expected(Shot shot, Move move)
        {
            if (shot.HasDepth && shot.Path.Trajectory.Segments[0][0].AddedZoom > 0)
                return Shown.Expected.Of(move) with { Growth = 1, SubjectRests = false };
            if (shot.HasDepth)
                return Shown.Expected.Of(move);
            if (shot.Depth.Spread < Shot.LeastSpread)
                return Shown.Expected.OnFlat(move);
            // The figure leaves so little of its background that nothing there could be followed.
            var figure = Shown.Expected.Of(move) with { NearX = 0, NearY = 0, NearGrowth = 0 };
            return figure.SubjectRests ? null : figure;
        }

        void Check(bool holds, string what)
        {
            if (!holds)
                wrong.Add($"{move}: {what} ({shot.Points} points; {(expected.Rests || expected.Sways ? "" : shot.To(shot.Frames - 1, expected.Growth != 0 || expected.NearGrowth != 0))})");
        }
    }
}
