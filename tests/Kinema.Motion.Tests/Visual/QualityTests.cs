using Kinema.Motion.Prompts;
using Kinema.Motion.Tests.Support;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Visual;

/// <summary>Judder, blur and borders in every frame, and the match of the first frame with the record.</summary>
public sealed class QualityTests(SceneFixture scenes) : IClassFixture<SceneFixture>
{
    private const int FewestPoints = 12;

    /// <summary>Interval between frames compared with the picture.</summary>
    private const int SharpnessFrameInterval = 10;

    /// <summary>Error of the measurement itself, pixels.</summary>
    private const double MeasurementErrorPixels = 0.05;

    private const double LeastSharpness = 0.85;

    /// <summary>Mean square of codes: grain that a smaller picture may lose without being less sharp. Smooth drawn surfaces have no other detail.</summary>
    private const double DrawnGrain = 4;

    private const double PhotographedGrain = 0.5;

    private const double LeastDecibels = 35;

    private static readonly Move[] _moves = [.. Moves.All.Where(move => move != Move.Static)];

    /// <summary>Every move, and every photograph several times.</summary>
    public static TheoryData<string, string> Sample
    {
        get
        {
            var sample = new TheoryData<string, string>();
            for (var i = 0; i < _moves.Length; i++)
                sample.Add(Pictures.Photographs[(i + (i / 5)) % Pictures.Photographs.Count], _moves[i].ToString());
            return sample;
        }
    }

    public static TheoryData<string> All => [.. Pictures.All];

    [Theory]
    [MemberData(nameof(Sample))]
    public void A_move_is_smooth_and_sharp_and_begins_with_the_picture(string picture, string move) => Verify(picture, Enum.Parse<Move>(move)).ShouldBeEmpty();

    [Theory]
    [Trait("Set", "long")]
    [MemberData(nameof(All))]
    public void Every_move_over_every_picture_is_smooth_and_sharp_and_begins_with_the_picture(string picture) =>
        _moves.SelectMany(move => Verify(picture, move)).ShouldBeEmpty(picture);

    private List<string> Verify(string picture, Move move)
    {
        // The fixture checks for cells outside the picture.
        var shot = TrackedShot.Of(scenes, picture, move, every: 1, keepEvery: SharpnessFrameInterval);
        List<string> wrong = [];
        Smoothness(shot, move, Check);
        Sharpness(shot, Pictures.Drawn.Contains(picture) ? DrawnGrain : PhotographedGrain, Check);
        var framing = shot.Path.Framing;
        Check(framing.Width >= FramingSolver.MinFraction, $"begins with a crop of {framing.Width:P0}");
        var decibels = StillReference.Psnr(shot.First, shot.Picture.Format, shot.Picture.File, framing.X, framing.Y, framing.Width);
        Check(decibels > LeastDecibels, $"begins at {decibels:0.0} dB");
        return wrong;

        void Check(bool holds, string what)
        {
            if (!holds)
                wrong.Add($"{picture}, {move}: {what}");
        }
    }

    private static void Smoothness(TrackedShot shot, Move move, Action<bool, string> check)
    {
        if (shot.Points < FewestPoints)
            return;
        var oscillates = ExpectedMotion.Of(move).Oscillates;
        // An oscillation ends at its start, so it has no total displacement. It is measured along both axes instead.
        List<IReadOnlyList<double>> tracks = oscillates ? [shot.Displacements(point => point.X), shot.Displacements(point => point.Y)] : [[.. shot.Progress().Select(part => part * shot.MaxDisplacement(shot.Frames - 1))]];
        foreach (var track in tracks)
        {
            var steps = track.Zip(track.Skip(1), (from, to) => to - from).ToList();
            var peak = steps.Max(Math.Abs);
            var bends = steps.Zip(steps.Skip(1), (from, to) => to - from).ToList();
            // Judder alternates from frame to frame, whatever the speed.
            var judder = Enumerable.Range(1, bends.Count - 2).Max(i => Math.Abs(bends[i] - ((bends[i - 1] + bends[i + 1]) / 2)));
            check(bends.Max(Math.Abs) < ((oscillates ? 0.3 : 0.15) * peak) + MeasurementErrorPixels, $"its speed changes by {bends.Max(Math.Abs):0.000} from frame to frame, of {peak:0.000} pixels");
            check(judder < (0.05 * peak) + MeasurementErrorPixels, $"judders by {judder:0.000}, of {peak:0.000} pixels");
            check(oscillates || steps.Min() > -0.02 * peak, "goes back");
        }
    }

    private static void Sharpness(TrackedShot shot, double grain, Action<bool, string> check)
    {
        using var picture = Cv2.ImRead(shot.Picture.File);
        var format = shot.Picture.Format;
        var renderer = new RenderHarness(format.Width, format.Height);
        foreach (var (frame, luma) in shot.KeptFrames)
        {
            // The visible part of the picture at its visible size; a rotation changes neither.
            var pose = shot.Path.PoseAt(frame);
            var window = pose.Roll == 0 ? shot.Path.VisibleWindow(frame) : shot.Path.Framing;
            using var part = Part(picture, window, format.Width, format.Height);
            var (actual, reference) = (renderer.Sharpness(luma), renderer.Sharpness(renderer.Ideal(part)));
            check(actual > (LeastSharpness * reference) - grain, $"frame {frame} is {actual / reference:P0} as sharp as the picture");
        }
    }

    private static Mat Part(Mat picture, CropWindow window, int width, int height)
    {
        using var whole = new Mat();
        var size = new Size((int)Math.Round(width / window.Width), (int)Math.Round(height / window.Height));
        Cv2.Resize(picture, whole, size, interpolation: picture.Width > size.Width ? InterpolationFlags.Area : InterpolationFlags.Lanczos4);
        var part = new Rect((int)(window.X * size.Width), (int)(window.Y * size.Height), width, height);
        return new Mat(whole, new Rect(Math.Min(part.X, size.Width - width), Math.Min(part.Y, size.Height - height), width, height)).Clone();
    }
}
