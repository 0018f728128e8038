using System.Text.Json.Nodes;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;

namespace Kinema.Core.Tests.Runs;

public sealed class RenamedModelDataTests
{
    /// <summary>Model data as the previous version stored it.</summary>
    private const string Old =
        """
        {"prompt":"...","moves":[{"name":"orbit_left","made_as":"truck_left","closer":0.1},{"name":"push_in"}],"asked":true,"approach":1.25,
        "clip_pace":{"x":0.1},"farthest_move":null,"engine":"motion","engine_version":"1"}
        """;

    [Fact]
    public void A_stored_record_with_the_old_keys_gets_the_new_keys_beside_them() =>
        Present(Run(Old)).ShouldBe(
            """{"prompt":"...","actual_prompt":null,"negative_prompt":null,"engine":"motion","engine_version":"1","poster_url":null,"last_frame_url":null"""
            + ""","moves":[{"name":"orbit_left","made_as":"truck_left","rendered_as":"truck_left","closer":0.1,"added_zoom":0.1},{"name":"push_in"}]"""
            + ""","asked":true,"camera_requested":true,"approach":1.25,"added_zoom":1.25,"clip_pace":{"x":0.1},"clip_velocity":{"x":0.1}"""
            + ""","farthest_move":null,"max_displacement":null}""");

    [Fact]
    public void A_list_and_a_newly_composed_callback_have_the_new_keys_too()
    {
        var run = Run(Old);
        RunListRequest.Read(new(null, null, null, null, null, null), SampleRuns.Presenter().FieldNames, out var request).ShouldBeEmpty();

        var page = SampleRuns.Json(new RunPagePresenter(SampleRuns.Presenter()).Present(new([run], false), request!));
        var callback = SampleRuns.Json(new RunCallbackComposer(new(new SampleRuns.PlainUrls())).Compose(run));

        foreach (var record in new[] { page.GetProperty("items")[0], callback })
            record.GetProperty("output").GetProperty("model_data").GetProperty("camera_requested").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("motion", """{"asked":true,"camera_requested":false}""")]
    [InlineData("wan", """{"asked":true}""")]
    public void A_record_that_has_the_new_keys_or_is_of_another_engine_stays_as_it_is(string engine, string stored) =>
        Present(Run(stored) with { EngineId = engine }).ShouldEndWith(stored[1..]);

    [Fact]
    public void The_stored_record_itself_does_not_change()
    {
        var run = Run(Old);

        Present(run);

        JsonNode.DeepEquals(run.Output!.ModelData, JsonNode.Parse(Old)).ShouldBeTrue();
    }

    private static Run Run(string modelData) => SampleRuns.Succeeded() with
    {
        Output = SampleRuns.Succeeded().Output! with { Artifacts = [], ModelData = JsonNode.Parse(modelData)!.AsObject() },
    };

    private static string Present(Run run) =>
        SampleRuns.Json(SampleRuns.Presenter().Present(run)).GetProperty("output").GetProperty("model_data").GetRawText();
}
