using System.Text;
using Kinema.Core.Runs;

namespace Kinema.Core.Tests.Runs;

public sealed class RunPresenterTests
{
    /// <summary>Every field the contract lists for a run record.</summary>
    private static readonly string[] _documented =
    [
        "id", "org_id", "target_type", "target_version", "model_id", "flow_id", "flow_version_id", "comfyui_workflow_id", "status_code", "source_code",
        "input", "output", "context", "duration_ms", "cost", "cost_breakdown", "nodes_total", "nodes_completed", "resolved_template_id", "batch_id",
        "client_ref", "callback_url", "metadata", "jurisdiction_code", "request_id", "created_by", "created_at", "started_at", "completed_at",
        "has_logs", "has_node_runs", "links", "failure_code", "failure_message", "failure_stage_code", "feedback_is_positive", "feedback_reason",
        "source_chat_message_id", "current_evaluation_summary",
    ];

    private const string Video =
        """{"url":"https://kinema.example/files/run/1/video.mp4?sig=s&exp=1","type":"video","content_type":"video/mp4","width":1920,"height":1080,"duration":5,"fps":30,"frame_count":150,"size_bytes":1234567,"has_audio":false}""";

    private const string ModelData =
        """{"prompt":"...","actual_prompt":null,"negative_prompt":null,"engine":"motion","engine_version":"1","poster_url":"https://kinema.example/files/run/1/poster.jpg?sig=s&exp=1","last_frame_url":"https://kinema.example/files/run/1/last-frame.png?sig=s&exp=1","move":"push_in"}""";

    private const string Timing = """{"queue_ms":1000,"preprocess_ms":200,"expanding_ms":0,"checking_ms":0,"inference_ms":80000,"encode_ms":9000,"upload_ms":34,"total_ms":91234}""";

    private readonly RunPresenter _presenter = SampleRuns.Presenter();

    [Fact]
    public void A_record_has_every_documented_field() =>
        SampleRuns.Names(SampleRuns.Json(_presenter.Present(SampleRuns.Queued())))
            .ShouldBe([.. _documented, "model", "engine", "attempts", "deadline_at", "cancel_requested_at", "cancel_reason", "retry_of", "queue_position", "estimated_completion_at"]);

    [Fact]
    public void A_queued_run_has_nulls_where_there_is_nothing_yet()
    {
        var record = SampleRuns.Json(_presenter.Present(SampleRuns.Queued()));

        record.GetProperty("status_code").GetString().ShouldBe("queued");
        foreach (var name in new[] { "output", "duration_ms", "cost", "started_at", "completed_at", "failure_code" })
            record.GetProperty(name).ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null, name);
    }

    [Fact]
    public void A_succeeded_run_is_serialized_exactly()
    {
        var record = SampleRuns.Json(_presenter.Present(SampleRuns.Succeeded()));

        record.GetProperty("target_type").GetString().ShouldBe("model");
        record.GetProperty("target_version").GetString().ShouldBe("1");
        record.GetProperty("model_id").GetGuid().ShouldBe(TestCatalog.Wan.Id);
        record.GetProperty("cost").GetString().ShouldBe("0.50");
        record.GetProperty("duration_ms").GetInt64().ShouldBe(91_234);
        record.GetProperty("created_at").GetString().ShouldBe("2026-05-06T10:00:00.000Z");
        record.GetProperty("completed_at").GetString().ShouldBe("2026-05-06T10:01:31.234Z");
        record.GetProperty("context").GetRawText().ShouldBe("{}");
        record.GetProperty("output").GetRawText().ShouldBe(
            "{\"outputs\":[" + Video + "],\"seed\":42,\"model_data\":" + ModelData + ",\"nsfw_detected\":null,\"timing\":" + Timing + "}");
    }

    [Fact]
    public void Metadata_and_input_are_echoed_character_for_character()
    {
        var text = Encoding.UTF8.GetString(_presenter.Present(SampleRuns.Queued()));

        text.ShouldContain("\"metadata\":" + SampleRuns.Queued().MetadataJson);
        text.ShouldContain("\"input\":" + SampleRuns.Queued().InputJson);
    }

    [Fact]
    public void A_failed_run_states_its_failure_in_the_records_fields_and_in_the_extension()
    {
        var record = SampleRuns.Json(_presenter.Present(SampleRuns.Failed()));

        record.GetProperty("failure_code").GetString().ShouldBe("INPUT_MEDIA_UNREACHABLE");
        record.GetProperty("failure_stage_code").GetString().ShouldBe("preprocess");
        record.GetProperty("error").GetRawText().ShouldBe("""{"code":"INPUT_MEDIA_UNREACHABLE","message":"The image cannot be reached."}""");
        record.GetProperty("cost").GetString().ShouldBe("0.00");
    }

    [Fact]
    public void A_projection_writes_exactly_the_fields_asked_for()
    {
        RunListRequest.Read(new(null, null, null, "id,status_code,client_ref", null, null), _presenter.FieldNames, out var request).ShouldBeEmpty();

        var page = SampleRuns.Json(new RunPagePresenter(_presenter).Present(new([SampleRuns.Queued()], false), request!));

        page.GetProperty("items")[0].GetRawText().ShouldBe($$"""{"id":"{{SampleRuns.Id}}","status_code":"queued","client_ref":"batch-1"}""");
    }

    [Fact]
    public void The_statuses_match_the_contract_without_batch_statuses()
    {
        var items = SampleRuns.Json(RunStatusList.Present()).GetProperty("items").EnumerateArray();

        items.Select(i => i.GetProperty("code").GetString()).ShouldBe(["queued", "dispatching", "running", "succeeded", "failed", "canceled"]);
    }
}
