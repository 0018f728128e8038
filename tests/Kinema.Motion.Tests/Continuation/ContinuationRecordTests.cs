using Kinema.Engines;
using Kinema.Motion.Continuation;
using Kinema.Motion.Prompts;

namespace Kinema.Motion.Tests.Continuation;

/// <summary>What is said of a clip that goes on, and what is not.</summary>
public sealed class ContinuationRecordTests
{
    private static readonly VideoFormat _format = new(160, 96, 30, 90);

    [Fact]
    public void A_clip_that_goes_on_as_asked_needs_no_word() => Told("push in").ShouldBeEmpty();

    [Theory]
    [InlineData("pull out", "pull_out")]
    [InlineData("orbit left", "orbit_left")]
    [InlineData("dolly zoom", "dolly_zoom_in")]
    public void A_move_away_from_the_last_frame_is_left_out_and_told(string prompt, string move)
    {
        var (record, notes) = Of(prompt, SimilarityTransform.Identity);

        notes.ShouldBe([$"'{move}' is not made after a clip: nothing is known beyond its last frame"]);
        record["moves"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public void Moves_one_after_another_are_told_to_be_made_at_once()
    {
        Told("push in, then pan left").ShouldBe(["after a clip the moves are made at once, not one after another"]);
        Told("push in while panning left").ShouldBeEmpty();
    }

    [Fact]
    public void A_pace_that_could_not_be_told_is_told() =>
        Of("push in", null).Notes.ShouldBe(["how the clip's camera moved at its end could not be told: the continuation begins at rest"]);

    [Fact]
    public void A_clip_that_ends_too_fast_is_told_to_be_slowed()
    {
        Of("push in", new(0.08, 0.05, 0, 0)).Notes.ShouldHaveSingleItem().ShouldMatch("^the clip ends too fast to go on at its pace: [0-9]+ % of it are kept, so that its edge stays out of sight$");
        Of("push in", new(0.002, 0, 0, 0)).Notes.ShouldBeEmpty();
    }

    [Fact]
    public void The_record_always_says_what_a_continuation_is_and_the_log_does_not()
    {
        var (record, notes) = Of("push in", SimilarityTransform.Identity);

        record["notes"]!.AsArray().Select(note => note!.GetValue<string>()).ShouldBe([
            "no depth is looked for after a clip: near and far move alike",
            "after the clip its last frame moves on: nothing in it was generated, and the seed changes nothing",
        ]);
        notes.ShouldBeEmpty();
    }

    private static IReadOnlyList<string> Told(string prompt) => Of(prompt, SimilarityTransform.Identity).Notes;

    private static (System.Text.Json.Nodes.JsonObject Record, IReadOnlyList<string> Notes) Of(string prompt, SimilarityTransform? pace)
    {
        var plan = CameraPromptParser.Parse(prompt, null);
        var tail = new ClipTail(_format.Width, _format.Height);
        tail.Add(new byte[_format.FrameBytes]);
        var (goal, leftOut) = TargetMotion.Of(plan, 2);
        var clip = new ClipAnalysis(
            new() { Path = "", Digest = "", ContentType = "", SizeBytes = 0 },
            _format, tail, new(pace, ObjectMotion.None), FilmGrain.Of(tail.Frame(0), _format));
        var extrapolation = MotionExtrapolation.For(pace ?? SimilarityTransform.Identity, goal, clip.NewFrames, (double)_format.Width / _format.Height, 0.02);
        return ContinuationRecord.Of(clip, plan, leftOut, extrapolation);
    }
}
