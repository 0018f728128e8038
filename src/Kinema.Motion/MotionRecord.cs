using System.Text.Json.Nodes;
using Kinema.Motion.Prompts;
using Kinema.Motion.Scenes;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion;

/// <summary>Writes <c>model_data</c> for a move over a still picture: the parsed request, the rendered moves and every deviation between them.</summary>
internal static class MotionRecord
{
    /// <summary>A move shortened below this fraction of its amplitude gets a note.</summary>
    private const double NoteThreshold = 0.9;

    /// <summary>Keys that replace older ones. The engine writes both with the same value, so that readers of the older record keep working.</summary>
    /// <remarks>Parent: the key of the object or of the list of objects that holds the field; empty for the record itself.</remarks>
    public static IReadOnlyList<(string Parent, string Key, string FormerKey)> FormerKeys { get; } =
    [
        ("", "camera_requested", "asked"),
        ("", "added_zoom", "approach"),
        ("", "max_displacement", "farthest_move"),
        ("", "clip_velocity", "clip_pace"),
        ("moves", "rendered_as", "made_as"),
        ("moves", "added_zoom", "closer"),
    ];

    /// <summary>Copies a record and adds each former key right after the key that replaces it.</summary>
    public static JsonNode? WithFormerKeys(JsonNode? node, string parent = "") => node switch
    {
        JsonObject fields => new JsonObject(fields.SelectMany(field => KeysOf(field.Key, parent)
            .Select(key => KeyValuePair.Create(key, WithFormerKeys(field.Value, field.Key))))),
        JsonArray items => new JsonArray([.. items.Select(item => WithFormerKeys(item, parent))]),
        _ => node?.DeepClone(),
    };

    /// <returns>The record, and the subset of its notes that goes to the run's log.</returns>
    public static (JsonObject Record, IReadOnlyList<string> Notes) Of(CameraPlan plan, FramedTrajectory path, SceneAnalysis reading)
    {
        List<string> runNotes = [.. plan.Notes, .. FallbackNotes(plan, path)];
        List<string> notes = [.. runNotes, .. reading.Notes];
        if (!plan.CameraRequested)
            notes.Add("no camera move that this engine makes was asked for: the default was taken");
        if (path.Framing != CropWindow.Whole)
            notes.Add("the move needs room: the video starts from a crop of the picture");
        notes.Add("camera moves over the still picture; nothing in it was generated, and the seed changes nothing");
        var record = new JsonObject
        {
            ["moves"] = new JsonArray([
                .. path.Trajectory.Segments.SelectMany((curves, segment) => curves.Select(curve => Describe(curve, segment, path.Scale)))]),
            ["camera_requested"] = plan.CameraRequested,
            ["depth_source"] = reading.DepthSource,
            ["depth_confidence"] = Fraction(reading.Confidence),
            ["crop_start"] = Rectangle(path.Framing),
            ["crop_end"] = Rectangle(path.VisibleWindow(path.FrameCount - 1)),
            ["notes"] = new JsonArray([.. notes.Select(note => JsonValue.Create(note))]),
        };
        if (reading.NetworkDigest is { } digest)
            record["depth_network"] = digest;
        return (record, runNotes);
    }

    private static IEnumerable<string> KeysOf(string key, string parent) =>
        FormerKeys.Where(former => former.Parent == parent && former.Key == key).Select(former => former.FormerKey).Prepend(key);

    private static JsonObject Describe(MoveCurve curve, int segment, double scale)
    {
        var entry = new JsonObject
        {
            ["name"] = (curve.SubstituteFor ?? curve.Move).Name(),
            ["segment"] = segment,
            ["direction"] = curve.Move.Direction(),
            ["speed"] = curve.Speed switch { Speed.Slow => "slow", Speed.Fast => "fast", _ => "normal" },
            ["content"] = curve.Move.ScreenMotion(),
            ["amplitude"] = Fraction(curve.Amplitude * scale),
            ["parallax_share"] = Fraction(curve.ParallaxShare),
        };
        if (curve.SubstituteFor is not null)
            entry["rendered_as"] = curve.Move.Name();
        if (curve.AddedZoom > 0)
            entry["added_zoom"] = Fraction(Math.Pow(1 + curve.AddedZoom, scale) - 1);
        return entry;
    }

    private static IEnumerable<string> FallbackNotes(CameraPlan plan, FramedTrajectory path)
    {
        if (plan.IsStatic)
            yield break;
        if (path.CombinedScale < NoteThreshold)
            yield return $"the moves together would come too close: each goes {(int)(path.CombinedScale * 100)} % of its way";
        if (path.Scale == 0)
            yield return "the picture has no room for the move: the camera stays";
        else if (path.Scale < NoteThreshold)
            yield return $"the picture has not enough around it: the camera goes {(int)(path.Scale * 100)} % of the way";
        foreach (var curve in path.Trajectory.Segments.SelectMany(segment => segment))
        {
            if (curve.SubstituteFor is { } requested)
                yield return $"'{requested.Name()}' needs near and far, and this picture seems to have none: '{curve.Move.Name()}' is made instead";
            if (curve.AddedZoom > 0)
                yield return $"'{curve.Move.Name()}' {curve.AddedZoomReason}";
            if (curve is { ParallaxShare: < NoteThreshold, Move: Move.CraneUp or Move.CraneDown })
                yield return $"'{curve.Move.Name()}' is made partly as a tilt: near and far can hardly be told apart";
            else if (curve.ParallaxShare < NoteThreshold)
                yield return $"'{curve.Move.Name()}' parts near and far less than a real camera would: the depths are estimated";
        }

        if (path.Trajectory.Segments.Any(segment => segment.Any(curve => curve.Move == Move.Handheld)))
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
