using Kinema.Engines;
using Kinema.Motion.Continuation;
using Kinema.Motion.Prompts;

namespace Kinema.Motion.Tests.Continuation;

/// <summary>Record and notes of a continued clip.</summary>
public sealed class ContinuationRecordTests
{
    private static readonly VideoFormat _format = new(160, 96, 30, 90);

    [Fact]
    public void A_continuation_that_follows_the_prompt_has_no_note() => NotesOf("push in").ShouldBeEmpty();

    [Theory]
    [InlineData("pull out", "pull_out")]
    [InlineData("orbit left", "orbit_left")]
    [InlineData("dolly zoom", "dolly_zoom_in")]
    public void A_move_away_from_the_last_frame_is_omitted_with_a_note(string prompt, string move)
    {
        var (record, notes) = Of(prompt, SimilarityTransform.Identity);

        notes.ShouldBe([$"'{move}' is not made after a clip: nothing is known beyond its last frame"]);
        record["moves"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public void Sequential_moves_become_simultaneous_with_a_note()
    {
        NotesOf("push in, then pan left").ShouldBe(["after a clip the moves are made at once, not one after another"]);
        NotesOf("push in while panning left").ShouldBeEmpty();
    }

    [Fact]
    public void An_unknown_clip_velocity_gets_a_note() =>
        Of("push in", null).Notes.ShouldBe(["how the clip's camera moved at its end could not be told: the continuation begins at rest"]);

    [Fact]
    public void A_clip_that_ends_too_fast_gets_a_note()
    {
        Of("push in", new(0.08, 0.05, 0, 0)).Notes.ShouldHaveSingleItem().ShouldMatch("^the clip ends too fast to go on at its pace: [0-9]+ % of it are kept, so that its edge stays out of sight$");
        Of("push in", new(0.002, 0, 0, 0)).Notes.ShouldBeEmpty();
    }

    [Fact]
    public void The_record_always_explains_a_continuation_and_the_log_does_not()
    {
        var (record, notes) = Of("push in", SimilarityTransform.Identity);

        record["notes"]!.AsArray().Select(note => note!.GetValue<string>()).ShouldBe([
            "no depth is looked for after a clip: near and far move alike",
            "after the clip its last frame moves on: nothing in it was generated, and the seed changes nothing",
        ]);
        notes.ShouldBeEmpty();
    }

    private static IReadOnlyList<string> NotesOf(string prompt) => Of(prompt, SimilarityTransform.Identity).Notes;

    private static (System.Text.Json.Nodes.JsonObject Record, IReadOnlyList<string> Notes) Of(string prompt, SimilarityTransform? velocity)
    {
        var plan = CameraPromptParser.Parse(prompt, null);
        var tail = new ClipTail(_format.Width, _format.Height);
        tail.Add(new byte[_format.FrameBytes]);
        var (goal, leftOut) = TargetMotion.Of(plan, 2);
        var clip = new ClipAnalysis(
            new() { Path = "", Digest = "", ContentType = "", SizeBytes = 0 },
            _format, tail, new(velocity, ObjectMotion.None), FilmGrain.Of(tail.Frame(0), _format));
        var extrapolation = MotionExtrapolation.For(velocity ?? SimilarityTransform.Identity, goal, clip.NewFrames, (double)_format.Width / _format.Height, 0.02);
        return ContinuationRecord.Of(clip, plan, leftOut, extrapolation);
    }
}
