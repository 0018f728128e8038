using System.Text.Json.Nodes;
using Kinema.Motion.Prompts;
using Kinema.Motion.Scenes;
using Kinema.Motion.Tests.Support;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Tests;

/// <summary>Every deviation from the request has a note in the record.</summary>
public sealed class MotionRecordTests
{
    private static readonly double[] _deep = [0.1, 0.7, 0.3, 0.9, 0.5];
    private static readonly double[] _shallow = [0.45, 0.5, 0.48, 0.55, 0.5];
    private static readonly double[] _flat = [0.5, 0.5, 0.5, 0.5, 0.5];

    [Fact]
    public void A_short_orbit_records_its_added_zoom()
    {
        var (record, notes) = Of("orbit left", _shallow, 0.2);

        var orbit = record["moves"]!.AsArray().ShouldHaveSingleItem()!;
        orbit["added_zoom"]!.GetValue<double>().ShouldBe(0.09, 0.001);
        notes.ShouldContain("'orbit_left' stays short and comes closer: near and far can hardly be told apart");
        Of("orbit left", _deep, 1).Record["moves"]![0]!["added_zoom"].ShouldBeNull();
    }

    [Theory]
    [InlineData("dolly zoom", "dolly_zoom_in", "push_in")]
    [InlineData("dolly zoom out", "dolly_zoom_out", "pull_out")]
    [InlineData("follow the subject to the left", "follow_left", "truck_left")]
    [InlineData("follow the subject to the right", "follow_right", "truck_right")]
    [InlineData("crane up", "crane_up", "tilt_up")]
    [InlineData("crane down", "crane_down", "tilt_down")]
    public void A_move_that_needs_depth_is_substituted_in_a_flat_picture(string prompt, string asked, string made)
    {
        var (record, notes) = Of(prompt, _flat, 0.05);

        var move = record["moves"]!.AsArray().ShouldHaveSingleItem()!;
        (move["name"]!.GetValue<string>(), move["rendered_as"]!.GetValue<string>()).ShouldBe((asked, made));
        notes.ShouldContain($"'{asked}' needs near and far, and this picture seems to have none: '{made}' is made instead");
        Of(prompt, _deep, 1).Record["moves"]![0]!["rendered_as"].ShouldBeNull();
    }

    [Fact]
    public void Pushes_limited_by_their_total_growth_get_a_note()
    {
        var (_, notes) = Of("quickly push in, then zoom in, then quickly push in", _deep, 1, 15);

        notes.ShouldContain(note => note.StartsWith("the moves together would come too close: each goes "));
    }

    [Fact]
    public void Reduced_parallax_gets_a_note()
    {
        Of("truck left", _deep, 0.1).Notes.ShouldContain("'truck_left' parts near and far less than a real camera would: the depths are estimated");
        Of("truck left", _flat, 1).Notes.ShouldNotContain(note => note.Contains("parts near and far less"));
    }

    [Fact]
    public void A_crane_that_is_partly_a_tilt_gets_a_note()
    {
        const string Note = "'crane_up' is made partly as a tilt: near and far can hardly be told apart";
        var (record, notes) = Of("crane up", _deep, 0.2);

        record["moves"]![0]!["parallax_share"]!.GetValue<double>().ShouldBe(0.4, 0.001);
        notes.ShouldHaveSingleItem().ShouldBe(Note);
        Of("crane up", _shallow, 1).Notes.ShouldContain(Note);
        Of("crane up", _deep, 1).Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Every_requested_move_is_named()
    {
        foreach (var move in Moves.All)
        {
            foreach (var planes in new[] { _deep, _flat })
            {
                var plan = new CameraPlan([new([new(move, Speed.Normal)])], CameraRequested: true, []);
                Of(plan, planes, 1, 5).Record["moves"]!.AsArray().ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe(move.Name());
            }
        }
    }

    [Theory]
    [InlineData(0, "the picture has no room for the move: the camera stays")]
    [InlineData(0.5, "the picture has not enough around it: the camera goes 50 % of the way")]
    [InlineData(0.95, null)]
    [InlineData(1, null)]
    public void A_move_without_enough_room_gets_a_note(double room, string? note)
    {
        foreach (var (prompt, isNoted) in new[] { ("push in", true), ("static", false) })
        {
            using var scene = PlaneScene.Of(_deep);
            var plan = CameraPromptParser.Parse(prompt, null);
            var path = FramedTrajectory.For(plan, scene, 150, 30, TestContext.Current.CancellationToken) with { Scale = room };
            var notes = MotionRecord.Of(plan, path, scene.Analysis).Notes;

            notes.Where(each => each.StartsWith("the picture has no")).ShouldBe(note is not null && isNoted ? [note] : []);
        }
    }

    [Fact]
    public void A_handheld_shake_gets_a_note()
    {
        const string Note = "'handheld' is a gentle sway, not the tremor of a real hand";
        Of("handheld", _flat, 1).Notes.ShouldContain(Note);
        Of("push in", _flat, 1).Notes.ShouldNotContain(Note);
    }

    [Theory]
    [InlineData("pan left", true)]
    [InlineData("push in", false)]
    public void A_start_crop_gets_a_note(string prompt, bool isCropped) =>
        NotesOf(Of(prompt, _flat, 1)).Contains("the move needs room: the video starts from a crop of the picture").ShouldBe(isCropped);

    [Theory]
    [InlineData("a quiet street", true)]
    [InlineData("push in", false)]
    public void A_default_move_gets_a_note(string prompt, bool isDefault) =>
        NotesOf(Of(prompt, _flat, 1)).Contains("no camera move that this engine makes was asked for: the default was taken").ShouldBe(isDefault);

    [Fact]
    public void A_static_camera_has_no_note() => Of("static", _flat, 0.05).Notes.ShouldBeEmpty();

    private static List<string> NotesOf((JsonObject Record, IReadOnlyList<string> Notes) result) => [.. result.Record["notes"]!.AsArray().Select(note => note!.GetValue<string>())];

    private static (JsonObject Record, IReadOnlyList<string> Notes) Of(string prompt, double[] planes, double confidence, int seconds = 5) =>
        Of(CameraPromptParser.Parse(prompt, null), planes, confidence, seconds);

    private static (JsonObject Record, IReadOnlyList<string> Notes) Of(CameraPlan plan, double[] planes, double confidence, int seconds)
    {
        using var scene = PlaneScene.Of(planes, confidence);
        var path = FramedTrajectory.For(plan, scene, seconds * 30, 30, TestContext.Current.CancellationToken);
        return MotionRecord.Of(plan, path, new SceneAnalysis("cues", confidence, scene.Analysis.Subject, []));
    }
}
