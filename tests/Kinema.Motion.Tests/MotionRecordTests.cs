using System.Text.Json.Nodes;
using Kinema.Motion.Paths;
using Kinema.Motion.Scenes;
using Kinema.Motion.Tests.Support;
using Kinema.Motion.Words;

namespace Kinema.Motion.Tests;

/// <summary>Whatever is made otherwise than asked, the record says so.</summary>
public sealed class MotionRecordTests
{
    private static readonly double[] _deep = [0.1, 0.7, 0.3, 0.9, 0.5];
    private static readonly double[] _shallow = [0.45, 0.5, 0.48, 0.55, 0.5];
    private static readonly double[] _flat = [0.5, 0.5, 0.5, 0.5, 0.5];

    [Fact]
    public void A_short_orbit_says_by_how_much_it_comes_closer()
    {
        var (record, notes) = Of("orbit left", _shallow, 0.2);

        var orbit = record["moves"]!.AsArray().ShouldHaveSingleItem()!;
        orbit["closer"]!.GetValue<double>().ShouldBe(0.09, 0.001);
        notes.ShouldContain("'orbit_left' stays short and comes closer: near and far can hardly be told apart");
        Of("orbit left", _deep, 1).Record["moves"]![0]!["closer"].ShouldBeNull();
    }

    [Theory]
    [InlineData("dolly zoom", "dolly_zoom_in", "push_in")]
    [InlineData("dolly zoom out", "dolly_zoom_out", "pull_out")]
    [InlineData("follow the subject to the left", "follow_left", "truck_left")]
    [InlineData("follow the subject to the right", "follow_right", "truck_right")]
    public void What_shows_nothing_over_a_flat_picture_is_made_otherwise(string prompt, string asked, string made)
    {
        var (record, notes) = Of(prompt, _flat, 0.05);

        var move = record["moves"]!.AsArray().ShouldHaveSingleItem()!;
        (move["name"]!.GetValue<string>(), move["made_as"]!.GetValue<string>()).ShouldBe((asked, made));
        notes.ShouldContain($"'{asked}' needs near and far, and this picture seems to have none: '{made}' is made instead");
        Of(prompt, _deep, 1).Record["moves"]![0]!["made_as"].ShouldBeNull();
    }

    [Fact]
    public void Pushes_that_would_come_too_close_together_are_said_to_be_cut_short()
    {
        var (_, notes) = Of("quickly push in, then zoom in, then quickly push in", _deep, 1, 15);

        notes.ShouldContain(note => note.StartsWith("the moves together would come too close: each goes "));
    }

    [Fact]
    public void A_guess_of_the_depths_is_said_to_part_less()
    {
        Of("truck left", _deep, 0.1).Notes.ShouldContain("'truck_left' parts near and far less than a real camera would: the depths are estimated");
        Of("truck left", _flat, 1).Notes.ShouldNotContain(note => note.Contains("parts near and far less"));
    }

    [Fact]
    public void Every_move_that_is_asked_for_is_named()
    {
        foreach (var move in Moves.All)
        {
            foreach (var planes in new[] { _deep, _flat })
            {
                var plan = new CameraPlan([new([new(move, Speed.Normal)])], Asked: true, []);
                Of(plan, planes, 1, 5).Record["moves"]!.AsArray().ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe(move.Name());
            }
        }
    }

    [Fact]
    public void A_static_camera_needs_no_excuse() => Of("static", _flat, 0.05).Notes.ShouldBeEmpty();

    private static (JsonObject Record, IReadOnlyList<string> Notes) Of(string prompt, double[] planes, double confidence, int seconds = 5) =>
        Of(CameraWords.Read(prompt, null), planes, confidence, seconds);

    private static (JsonObject Record, IReadOnlyList<string> Notes) Of(CameraPlan plan, double[] planes, double confidence, int seconds)
    {
        using var scene = PlaneScene.Of(planes, confidence);
        var path = CameraPath.For(plan, scene, seconds * 30, 30, TestContext.Current.CancellationToken);
        return MotionRecord.Of(plan, path, new SceneReading("cues", confidence, scene.Reading.Subject, []));
    }
}
