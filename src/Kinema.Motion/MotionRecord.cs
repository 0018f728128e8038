using System.Text.Json.Nodes;
using Kinema.Motion.Prompts;
using Kinema.Motion.Scenes;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion;

/// <summary>What the engine tells about itself in <c>model_data</c>: what was understood and what was done, so that the video can be explained.</summary>
internal static class MotionRecord
{
    /// <summary>A way cut below this part of what was wished is worth a word.</summary>
    private const double Shortened = 0.9;

    /// <returns>The record, and of its notes those that the caller should hear of in the run's log.</returns>
    public static (JsonObject Record, IReadOnlyList<string> Notes) Of(CameraPlan plan, FramedTrajectory path, SceneReading reading)
    {
        List<string> told = [.. plan.Notes, .. FallenBack(plan, path)];
        List<string> notes = [.. told, .. reading.Notes];
        if (!plan.Asked)
            notes.Add("no camera move that this engine makes was asked for: the default was taken");
        if (path.Framing != CropWindow.Whole)
            notes.Add("the move needs room: the video starts from a crop of the picture");
        notes.Add("camera moves over the still picture; nothing in it was generated, and the seed changes nothing");
        var record = new JsonObject
        {
            ["moves"] = new JsonArray([.. path.Track.Segments.SelectMany((curves, segment) => curves.Select(curve => Described(curve, segment, path.Scale)))]),
            ["asked"] = plan.Asked,
            ["depth_source"] = reading.DepthSource,
            ["depth_confidence"] = Fraction(reading.Confidence),
            ["crop_start"] = Rectangle(path.Framing),
            ["crop_end"] = Rectangle(path.Seen(path.FrameCount - 1)),
            ["notes"] = new JsonArray([.. notes.Select(note => JsonValue.Create(note))]),
        };
        if (reading.NetworkDigest is { } digest)
            record["depth_network"] = digest;
        return (record, told);
    }

    private static JsonObject Described(MoveCurve curve, int segment, double scale)
    {
        var described = new JsonObject
        {
            ["name"] = (curve.InsteadOf ?? curve.Move).Name(),
            ["segment"] = segment,
            ["direction"] = curve.Move.Direction(),
            ["speed"] = curve.Speed switch { Speed.Slow => "slow", Speed.Fast => "fast", _ => "normal" },
            ["content"] = curve.Move.Content(),
            ["amplitude"] = Fraction(curve.Amplitude * scale),
            ["parallax_share"] = Fraction(curve.Share),
        };
        if (curve.InsteadOf is not null)
            described["made_as"] = curve.Move.Name();
        if (curve.Closer > 0)
            described["closer"] = Fraction(Math.Pow(1 + curve.Closer, scale) - 1);
        return described;
    }

    private static IEnumerable<string> FallenBack(CameraPlan plan, FramedTrajectory path)
    {
        if (plan.IsStatic)
            yield break;
        if (path.Restraint < Shortened)
            yield return $"the moves together would come too close: each goes {(int)(path.Restraint * 100)} % of its way";
        if (path.Scale == 0)
            yield return "the picture has no room for the move: the camera stays";
        else if (path.Scale < Shortened)
            yield return $"the picture has not enough around it: the camera goes {(int)(path.Scale * 100)} % of the way";
        foreach (var curve in path.Track.Segments.SelectMany(segment => segment))
        {
            if (curve.InsteadOf is { } asked)
                yield return $"'{asked.Name()}' needs near and far, and this picture seems to have none: '{curve.Move.Name()}' is made instead";
            if (curve.Closer > 0)
                yield return $"'{curve.Move.Name()}' {curve.CloserBecause}";
            if (curve is { Share: < Shortened, Move: Move.CraneUp or Move.CraneDown })
                yield return $"'{curve.Move.Name()}' is made partly as a tilt: near and far can hardly be told apart";
            else if (curve.Share < Shortened)
                yield return $"'{curve.Move.Name()}' parts near and far less than a real camera would: the depths are estimated";
        }

        if (path.Track.Segments.Any(segment => segment.Any(curve => curve.Move == Move.Handheld)))
            yield return "'handheld' is a gentle sway, not the tremor of a real hand";
    }

    private static JsonObject Rectangle(CropWindow crop) => new()
    {
        ["x"] = Fraction(crop.X),
        ["y"] = Fraction(crop.Y),
        ["width"] = Fraction(crop.Width),
        ["height"] = Fraction(crop.Height),
    };

    private static double Fraction(double value) => Math.Round(value, 6);
}
