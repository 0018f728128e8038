using System.Text.Json.Nodes;
using Kinema.Motion.Paths;
using Kinema.Motion.Words;

namespace Kinema.Motion;

/// <summary>What the engine tells about itself in <c>model_data</c>: what was understood and what was done, so that the video can be explained.</summary>
internal static class MotionRecord
{
    public static JsonObject Of(CameraPlan plan, CropPath path)
    {
        List<string> notes = [.. plan.Notes];
        if (!plan.Asked)
            notes.Add("no camera move that this engine makes was asked for: the default was taken");
        if (path.Start != Crop.Whole)
            notes.Add("the move needs room: the video starts from a crop of the picture");
        notes.Add("camera moves over the still picture; nothing in it was generated, and the seed changes nothing");
        return new JsonObject
        {
            ["moves"] = new JsonArray(plan.Move.Name()),
            ["asked"] = plan.Asked,
            ["direction"] = plan.Move.Direction(),
            ["content"] = plan.Move.Content(),
            ["speed"] = plan.Speed switch { Speed.Slow => "slow", Speed.Fast => "fast", _ => "normal" },
            ["amplitude"] = Fraction(path.Amplitude),
            ["crop_start"] = Rectangle(path.Start),
            ["crop_end"] = Rectangle(path.End),
            ["notes"] = new JsonArray([.. notes.Select(note => JsonValue.Create(note))]),
        };
    }

    private static JsonObject Rectangle(Crop crop) => new()
    {
        ["x"] = Fraction(crop.X),
        ["y"] = Fraction(crop.Y),
        ["width"] = Fraction(crop.Width),
        ["height"] = Fraction(crop.Height),
    };

    private static double Fraction(double value) => Math.Round(value, 6);
}
