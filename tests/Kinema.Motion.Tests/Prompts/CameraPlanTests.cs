using Kinema.Motion.Prompts;

namespace Kinema.Motion.Tests.Prompts;

/// <summary>Plans of several moves: "then" separates segments, "+" joins simultaneous moves.</summary>
public sealed class CameraPlanTests
{
    [Theory]
    [InlineData("pan left, then zoom in", "pan_left then zoom_in")]
    [InlineData("pan left and then zoom in", "pan_left then zoom_in")]
    [InlineData("The camera pushes in slowly. After that it pans left. Finally, it pulls back.", "push_in then pan_left then pull_out")]
    [InlineData("Push in. Pan left.", "push_in then pan_left")]
    [InlineData("truck right followed by a slow tilt up", "truck_right then tilt_up")]
    [InlineData("push in before panning left", "push_in then pan_left")]
    [InlineData("static shot, then the camera pushes in", "static then push_in")]
    [InlineData("pan left, then right", "pan_left then pan_right")]
    [InlineData("pan left, then back to the right", "pan_left then pan_right")]
    [InlineData("zoom in, then out again", "zoom_in then zoom_out")]
    [InlineData("pan right, then up", "pan_right then tilt_up")]
    [InlineData("pan left, pan right", "pan_left then pan_right")]
    [InlineData("镜头先推近，然后向左摇", "push_in then pan_left")]
    [InlineData("镜头推近，接着上升，最后拉远", "push_in then pedestal_up then pull_out")]
    [InlineData("先左移，再推进，随后右摇", "truck_left then push_in then pan_right")]
    public void Sequential_moves(string prompt, string plan) => Read(prompt).ShouldBe(plan);

    [Theory]
    [InlineData("push in while panning left", "push_in + pan_left")]
    [InlineData("pan left and tilt up", "pan_left + tilt_up")]
    [InlineData("pan left, tilt up", "pan_left + tilt_up")]
    [InlineData("The camera rises as it moves forward", "pedestal_up + push_in")]
    [InlineData("truck left, and at the same time zoom in", "truck_left + zoom_in")]
    [InlineData("镜头推近同时向左摇", "push_in + pan_left")]
    [InlineData("镜头缓慢推近。同时向上摇", "push_in + tilt_up")]
    [InlineData("push in while panning left, then tilt up and zoom out", "push_in + pan_left then tilt_up + zoom_out")]
    [InlineData("crane up, rising above the crowd", "crane_up")]
    [InlineData("handheld, push in, then pan left", "push_in + handheld then pan_left + handheld")]
    [InlineData("aerial view, the camera pans left", "pan_left")]
    [InlineData("tracking the subject, handheld", "follow_right + handheld")]
    [InlineData("跟拍，手持镜头", "follow_right + handheld")]
    public void Simultaneous_moves(string prompt, string plan) => Read(prompt).ShouldBe(plan);

    [Theory]
    [InlineData("pan left and pan right", "pan_left", "'pan_right' and 'pan_left' cannot be made at once; 'pan_right' is left out")]
    [InlineData("push in while pulling out", "push_in", "'pull_out' and 'push_in' cannot be made at once; 'pull_out' is left out")]
    [InlineData("static shot, zoom in", "static", "'zoom_in' and 'static' cannot be made at once; 'zoom_in' is left out")]
    [InlineData("左摇同时右摇", "pan_left", "'pan_right' and 'pan_left' cannot be made at once; 'pan_right' is left out")]
    public void Of_conflicting_moves_the_first_wins_and_the_others_get_a_note(string prompt, string plan, string note)
    {
        Read(prompt).ShouldBe(plan);
        CameraPromptParser.Parse(prompt, null).Notes.ShouldBe([note]);
    }

    [Fact]
    public void Moves_without_enough_time_get_a_note()
    {
        const string Prompt = "pan left, then tilt up, then push in";

        Written(CameraPromptParser.Parse(Prompt, null, maxSegments: 2)).ShouldBe("pan_left then tilt_up");
        CameraPromptParser.Parse(Prompt, null, maxSegments: 2).Notes.ShouldBe(["there is time for 2 moves one after another; 'push_in' is left out"]);
        CameraPromptParser.Parse(Prompt + ", then pull out, then roll clockwise", null).Segments.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("slowly pan left and quickly zoom in", nameof(Speed.Slow), nameof(Speed.Fast))]
    [InlineData("pan left, slow and smooth, then zoom in", nameof(Speed.Slow), nameof(Speed.Normal))]
    [InlineData("pan left, then quickly tilt up", nameof(Speed.Normal), nameof(Speed.Fast))]
    [InlineData("镜头推近，速度缓慢，然后快速左摇", nameof(Speed.Slow), nameof(Speed.Fast))]
    public void Each_move_has_its_own_speed(string prompt, string first, string second) =>
        CameraPromptParser.Parse(prompt, null).Segments.SelectMany(segment => segment.Moves).Select(request => request.Speed.ToString()).ShouldBe([first, second]);

    [Fact]
    public void A_move_ruled_out_in_the_negative_prompt_leaves_the_others() =>
        Written(CameraPromptParser.Parse("push in, then pan left while tilting up", "tilt")).ShouldBe("push_in then pan_left");

    [Fact]
    public void Every_move_conflicts_with_its_opposite()
    {
        foreach (var move in Moves.All.Where(move => move.Opposite() != move))
        {
            move.Opposite().Opposite().ShouldBe(move);
            move.ConflictsWith(move.Opposite()).ShouldBeTrue();
            move.Name()[..3].ShouldBe(move is Move.PushIn or Move.PullOut ? move.Name()[..3] : move.Opposite().Name()[..3]);
        }
    }

    private static string Read(string prompt) => Written(CameraPromptParser.Parse(prompt, null));

    private static string Written(CameraPlan plan) =>
        string.Join(" then ", plan.Segments.Select(segment => string.Join(" + ", segment.Moves.Select(request => request.Move.Name()))));
}
