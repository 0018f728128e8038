using Kinema.Motion.FirstLastFrame;

namespace Kinema.Motion.Tests.FirstLastFrame;

/// <summary>Record and notes of a transition.</summary>
public sealed class LastFrameRecordTests
{
    private const double Shape = 16.0 / 9;

    private static readonly CenterCrop _sameShape = CenterCrop.Of(1600, 900, Shape);

    [Fact]
    public void A_plain_camera_move_has_no_note() => Notes(Camera(across: 0.3)).ShouldBeEmpty();

    [Fact]
    public void A_dissolve_gives_its_reason()
    {
        var dissolve = Camera(across: 0) with { Kind = "dissolve", Reason = "the two views share too little of the scene", Camera = null };

        Notes(dissolve).ShouldBe(["the pictures are joined by a dissolve: the two views share too little of the scene"]);
    }

    [Fact]
    public void Padded_corners_get_a_note() =>
        Notes(Camera(across: 0.2, down: 0.1)).ShouldBe(["corners that neither picture shows are continued from what is beside them"]);

    [Theory]
    [InlineData(900, 1600)]
    [InlineData(1600, 400)]
    public void A_last_picture_of_another_aspect_ratio_gets_a_note(int width, int height) =>
        Notes(Camera(across: 0.3), CenterCrop.Of(width, height, Shape))
            .ShouldBe(["the last picture has another shape than the first one: its middle is shown, see last_frame_crop"]);

    [Fact]
    public void A_camera_move_in_the_prompt_gets_a_note() =>
        Notes(Camera(across: 0.3), cameraAsked: true).ShouldBe(["the camera words of the prompt are not followed: the two pictures decide the camera's way"]);

    [Fact]
    public void The_record_repeats_the_notes_and_adds_that_nothing_was_generated()
    {
        var analysis = Camera(across: 0.2, down: 0.1);
        var notes = LastFrameRecord.Of(analysis, _sameShape, Notes(analysis))["notes"]!.AsArray().Select(note => note!.GetValue<string>());

        notes.ShouldBe([.. Notes(analysis), "nothing was generated: what is seen comes from the two pictures"]);
    }

    private static IReadOnlyList<string> Notes(PairAnalysis analysis, CenterCrop? last = null, bool cameraAsked = false) =>
        LastFrameRecord.Notes(analysis, last ?? _sameShape, cameraAsked);

    private static PairAnalysis Camera(double across, double down = 0)
    {
        var map = new Homography(1, 0, across, 0, 1, down, 0, 0, 1);
        return new("camera", null, new("similarity", map, 100, 100), new(map, PairGeometry.Of(1280, 720)), null);
    }
}
