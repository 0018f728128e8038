using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Fleets.Tests;

public sealed class DialectTests
{
    private const string VllmOmni = "vllm-omni", Sglang = "sglang", FastVideo = "fastvideo", LightX2V = "lightx2v";

    public static TheoryData<string, string> Wire => new()
    {
        {
            VllmOmni,
            "POST /v1/videos: prompt=a cat, negative_prompt=rain, width=768, height=512, num_frames=17, fps=16, num_inference_steps=4, guidance_scale=3.5, guidance_scale_2=3.5, boundary_ratio=0.9, flow_shift=5.0, seed=7, input_reference=first.png image/png"
        },
        {
            Sglang,
            "POST /v1/videos: prompt=a cat, negative_prompt=rain, size=768x512, num_frames=17, fps=16, seconds=1, num_inference_steps=4, guidance_scale=3.5, guidance_scale_2=3.5, flow_shift=5.0, seed=7, input_reference=first.png image/png"
        },
        {
            FastVideo,
            """POST /v1/videos: {"prompt":"a cat","negative_prompt":"rain","reference_url":"PNG 768x512","size":"768x512","seconds":1,"num_frames":17,"fps":16,"num_inference_steps":4,"guidance_scale":3.5,"guidance_scale_2":3.5,"seed":7}"""
        },
        {
            LightX2V,
            """POST /v1/tasks/video/: {"task_id":"run-1","prompt":"a cat","negative_prompt":"rain","image_path":"PNG 768x512","last_frame_path":"","audio_path":"","infer_steps":4,"seed":7,"target_video_length":17,"target_fps":16,"target_shape":[512,768],"save_result_path":"","use_prompt_enhancer":false}"""
        },
    };

    [Theory]
    [MemberData(nameof(Wire))]
    public async Task A_video_is_ordered_in_full_and_comes_whole(string dialect, string ordered)
    {
        await using var rig = await FleetRig.StartAsync(dialect);

        var (video, events) = await rig.RunAsync(FleetRig.Request());

        Shown((await rig.Fake.RequestsAsync("POST /v1/")).ShouldHaveSingleItem()).ShouldBe(ordered);
        video[4..8].ShouldBe("ftyp"u8.ToArray());
        events.Select(one => one.GetType().Name).ShouldBe(dialect == LightX2V ? ["Checkpoint", "Checkpoint", "VideoContent"] : ["Checkpoint", "VideoContent"]);
        var data = ((EngineEvent.VideoContent)events[^1]).ModelData;
        data.ToJsonString().ShouldBe(
            $$"""{"fleet":"gpus","dialect":"{{dialect}}","steps":4,"guidance":3.5,"guidance_2":3.5,"boundary":0.9,"shift":5,"frames":17,"frame_rate":16,"seed":7}""");

        // Never before the server says that it is ready: some serve half of it.
        var requests = (await rig.Fake.RequestsAsync("GET")).Select(r => r["path"]!.ToString()).ToList();
        requests.Count(path => path.Contains("content", StringComparison.Ordinal) || path.Contains("download", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(VllmOmni)]
    [InlineData(Sglang)]
    [InlineData(FastVideo)]
    [InlineData(LightX2V)]
    public async Task A_run_whose_process_died_goes_on_with_its_job(string dialect)
    {
        await using var rig = await FleetRig.StartAsync(dialect, fakeArguments: ["--running", "1500"]);
        using var killed = new CancellationTokenSource();
        var checkpoint = "";
        await foreach (var one in rig.Engine.GenerateAsync(FleetRig.Request(), killed.Token))
        {
            checkpoint = ((EngineEvent.Checkpoint)one).State;
            if (FleetJob.Read(checkpoint)!.IsSent)
                break;
        }

        var (video, events) = await rig.RunAsync(FleetRig.Request(checkpoint: checkpoint));

        video.ShouldNotBeEmpty();
        events.ShouldHaveSingleItem();
        (await rig.Fake.RequestsAsync("POST /v1/")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_we_named_is_found_although_the_answer_to_its_order_was_lost()
    {
        await using var rig = await FleetRig.StartAsync(LightX2V);
        await rig.Fake.FaultAsync("POST /v1/", "lost");

        (await rig.RunAsync(FleetRig.Request())).Video.ShouldNotBeEmpty();

        (await rig.Fake.RequestsAsync("POST /v1/")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_process_that_died_while_it_ordered_finds_its_job_or_orders_it()
    {
        await using var rig = await FleetRig.StartAsync(LightX2V);
        var before = new FleetJob(FleetJob.Current, rig.Fake.Url, "run-1", 0, IsSent: false).Write();

        (await rig.RunAsync(FleetRig.Request(checkpoint: before))).Video.ShouldNotBeEmpty();
        (await rig.RunAsync(FleetRig.Request(checkpoint: before))).Video.ShouldNotBeEmpty();

        (await rig.Fake.RequestsAsync("POST /v1/")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(VllmOmni)]
    [InlineData(Sglang)]
    [InlineData(FastVideo)]
    public async Task Where_the_server_names_jobs_none_is_taken_that_might_be_another_runs(string dialect)
    {
        await using var rig = await FleetRig.StartAsync(dialect);
        await rig.Fake.FaultAsync("POST /v1/", "lost");

        await Should.ThrowAsync<EngineBusyException>(() => rig.RunAsync(FleetRig.Request()));
    }

    [Theory]
    [InlineData(VllmOmni)]
    [InlineData(Sglang)]
    [InlineData(FastVideo)]
    [InlineData(LightX2V)]
    public async Task A_job_that_a_restart_forgot_is_given_out_again_once(string dialect)
    {
        await using var rig = await FleetRig.StartAsync(dialect, fakeArguments: ["--running", "1000"]);
        var running = rig.RunAsync(FleetRig.Request());
        while ((await rig.Fake.TasksAsync()).Count == 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await rig.Fake.PostAsync("/_fake/restart", new JsonObject());

        var (video, events) = await running;

        video.ShouldNotBeEmpty();
        events.OfType<EngineEvent.Checkpoint>().Count().ShouldBe(dialect == LightX2V ? 4 : 2);
        (await rig.Fake.RequestsAsync("POST /v1/")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_file_of_a_LightX2V_task_outlives_a_restart()
    {
        await using var rig = await FleetRig.StartAsync(LightX2V);
        var checkpoint = new FleetJob(FleetJob.Current, rig.Fake.Url, "run-1", 0).Write();
        await rig.RunAsync(FleetRig.Request());
        await rig.Fake.PostAsync("/_fake/restart", new JsonObject());

        (await rig.RunAsync(FleetRig.Request(checkpoint: checkpoint))).Video.ShouldNotBeEmpty();

        (await rig.Fake.RequestsAsync("POST /v1/")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(VllmOmni)]
    [InlineData(Sglang)]
    [InlineData(FastVideo)]
    [InlineData(LightX2V)]
    public async Task A_job_that_failed_fails_the_run_in_the_servers_words_without_its_addresses(string dialect)
    {
        await using var rig = await FleetRig.StartAsync(dialect);
        await rig.Fake.FaultAsync("POST /v1/", "fail", new JsonObject { ["message"] = "out of memory in /opt/models/wan/x.py at http://10.0.0.7:8000" });

        var failure = await Should.ThrowAsync<EngineException>(() => rig.RunAsync(FleetRig.Request()));

        (failure.Code, failure.Message).ShouldBe((FailureCodes.ProviderInternal, "The server could not make the video. It says: out of memory in [file] at [address]"));
    }

    [Theory]
    [InlineData(401, FailureCodes.ProviderAuth)]
    [InlineData(422, FailureCodes.EngineFailed)]
    public async Task A_refusal_is_final(int status, string code)
    {
        await using var rig = await FleetRig.StartAsync(VllmOmni);
        await rig.Fake.FaultAsync("POST /v1/videos", "status", new JsonObject { ["status"] = status, ["body"] = new JsonObject { ["detail"] = "no" } });

        (await Should.ThrowAsync<EngineException>(() => rig.RunAsync(FleetRig.Request()))).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    public async Task A_server_that_cannot_for_now_lets_the_run_wait(int status)
    {
        await using var rig = await FleetRig.StartAsync(VllmOmni);
        await rig.Fake.FaultAsync("POST /v1/videos", "status", new JsonObject { ["status"] = status });

        await Should.ThrowAsync<EngineBusyException>(() => rig.RunAsync(FleetRig.Request()));
    }

    [Fact]
    public async Task The_last_frame_goes_to_LightX2V_as_a_file_of_the_form()
    {
        await using var rig = await FleetRig.StartAsync(LightX2V, configure: fleet => fleet with { LastFrame = true });

        await rig.RunAsync(FleetRig.Request(roles: [MediaRole.FirstFrame, MediaRole.LastFrame]));

        Shown((await rig.Fake.RequestsAsync("POST /v1/")).ShouldHaveSingleItem()).ShouldEndWith("image_file=first.png image/png, last_frame_file=last.png image/png");
    }

    private static string Shown(JsonNode request)
    {
        var body = request["body"] is JsonArray parts
            ? string.Join(", ", parts.Select(part => $"{part!["name"]}={(part["filename"] is { } file ? $"{file} {part["type"]}" : part["text"])}"))
            : Shortened(JsonNode.Parse(request["body"]!.ToString())!.AsObject());
        return $"{request["method"]} {request["path"]}: {body}";
    }

    /// <summary>Pictures as type and size, which their header says.</summary>
    private static string Shortened(JsonObject body)
    {
        foreach (var (name, value) in body.ToList())
        {
            if (value?.ToString().StartsWith("data:image/png;base64,", StringComparison.Ordinal) == true)
            {
                var bytes = Convert.FromBase64String(value.ToString()["data:image/png;base64,".Length..]);
                body[name] = $"PNG {System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16))}x{System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))}";
            }
        }

        return body.ToJsonString();
    }
}
