using System.Globalization;
using System.Text.Json.Nodes;
using Kinema.Motion.Prompts;

namespace Kinema.Motion.Continuation;

/// <summary>Writes the record of a continued clip.</summary>
internal static class ContinuationRecord
{
    public static (JsonObject Record, IReadOnlyList<string> Notes) Of(
        ClipAnalysis clip, CameraPlan plan, IReadOnlyList<Move> omitted, MotionExtrapolation extrapolation)
    {
        List<string> runNotes = [.. plan.Notes];
        runNotes.AddRange(omitted.Select(move => $"'{move.Name()}' is not made after a clip: nothing is known beyond its last frame"));
        if (plan.Segments.Count > 1)
            runNotes.Add("after a clip the moves are made at once, not one after another");
        if (clip.Velocity.Camera is null)
            runNotes.Add("how the clip's camera moved at its end could not be told: the continuation begins at rest");
        else if (extrapolation.KeptVelocity < 1)
            runNotes.Add(string.Create(CultureInfo.InvariantCulture,
                $"the clip ends too fast to go on at its pace: {100 * extrapolation.KeptVelocity:0} % of it are kept, so that its edge stays out of sight"));
        List<string> notes =
        [
            .. runNotes, "no depth is looked for after a clip: near and far move alike",
            "after the clip its last frame moves on: nothing in it was generated, and the seed changes nothing",
        ];
        var record = Common(clip, "momentum");
        record["depth_source"] = "none";
        record["camera_requested"] = plan.CameraRequested;
        record["moves"] = new JsonArray([
            .. plan.Segments.SelectMany(segment => segment.Moves).Where(planned => !omitted.Contains(planned.Move)).Select(planned => new JsonObject
        {
            ["name"] = planned.Move.Name(),
            ["direction"] = planned.Move.Direction(),
        })]);
        record["notes"] = new JsonArray([.. notes.Select(note => JsonValue.Create(note))]);
        return (record, runNotes);
    }

    /// <param name="transition">Record of the transition to the last picture.</param>
    public static JsonObject ForTransition(ClipAnalysis clip, JsonObject transition)
    {
        var record = Common(clip, "transition");
        foreach (var (name, value) in transition)
            record[name] = value?.DeepClone();
        return record;
    }

    private static JsonObject Common(ClipAnalysis clip, string continuation)
    {
        var velocity = clip.Velocity.Camera ?? SimilarityTransform.Identity;
        return new()
        {
            ["continuation"] = continuation,
            ["clip_frames"] = clip.Tail.FrameCount,
            ["new_frames"] = clip.NewFrames,
            ["clip_velocity"] = new JsonObject
            {
                ["x"] = Fraction(velocity.X),
                ["y"] = Fraction(velocity.Y),
                ["growth"] = Fraction(velocity.LogScale),
                ["turn"] = Fraction(velocity.Rotation),
            },
            ["grain"] = Math.Round(clip.Grain.Strength, 2),
        };
    }

    private static double Fraction(double value) => Math.Round(value, 6);
}
