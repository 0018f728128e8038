using System.Globalization;
using System.Text.Json.Nodes;
using Kinema.Motion.Words;

namespace Kinema.Motion.Clips;

/// <summary>What the record says of a continued clip.</summary>
internal static class ClipRecord
{
    public static (JsonObject Record, IReadOnlyList<string> Notes) Of(
        CameraPlan plan, IReadOnlyList<Move> leftOut, Momentum momentum, Drift drift, Grain grain, int clipFrames, int frames)
    {
        List<string> told = [.. plan.Notes];
        told.AddRange(leftOut.Select(move => $"'{move.Name()}' is not made after a clip: nothing is known beyond its last frame"));
        if (momentum.Camera is null)
            told.Add("how the clip's camera moved at its end could not be told: the continuation begins at rest");
        else if (drift.Kept < 1)
            told.Add(string.Create(CultureInfo.InvariantCulture, $"the clip ends too fast to go on at its pace: {100 * drift.Kept:0} % of it are kept, so that its edge stays out of sight"));
        List<string> notes = [.. told, "after the clip its last frame moves on: nothing in it was generated, and the seed changes nothing"];
        var pace = momentum.Camera ?? Similarity.None;
        return (new JsonObject
        {
            ["depth_source"] = "none",
            ["continuation"] = "momentum",
            ["clip_frames"] = clipFrames,
            ["new_frames"] = frames - clipFrames,
            ["moves"] = new JsonArray([.. plan.Segments.SelectMany(segment => segment.Moves).Where(wish => !leftOut.Contains(wish.Move)).Select(wish => new JsonObject
            {
                ["name"] = wish.Move.Name(),
                ["direction"] = wish.Move.Direction(),
            })]),
            ["asked"] = plan.Asked,
            ["clip_pace"] = new JsonObject
            {
                ["x"] = Fraction(pace.X), ["y"] = Fraction(pace.Y), ["growth"] = Fraction(pace.Growth), ["turn"] = Fraction(pace.Turn),
            },
            ["grain"] = Math.Round(grain.Strength, 2),
            ["notes"] = new JsonArray([.. notes.Select(note => JsonValue.Create(note))]),
        }, told);
    }

    private static double Fraction(double value) => Math.Round(value, 6);
}
