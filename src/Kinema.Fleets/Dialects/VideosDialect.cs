using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Fleets.Dialects;

/// <summary>Servers with <c>/v1/videos</c>: vLLM-Omni, SGLang-Diffusion and FastVideo. They agree on the routes and differ in what they read.</summary>
internal abstract class VideosDialect(FleetHttp http, FleetOptions fleet) : IFleetDialect
{
    public abstract bool GoesOnWhenCanceled { get; }

    public bool NamesJobs => false;

    public async Task<string> SubmitAsync(Uri endpoint, WanVideo video, string name, CancellationToken ct)
    {
        using var content = Write(video, fleet.Model);
        var (status, body) = await http.SendAsync(HttpMethod.Post, Address(endpoint, "/v1/videos"), content, ct);
        if (status == HttpStatusCode.OK && body?["id"]?.ToString() is { Length: > 0 } id)
            return id;
        if (status == HttpStatusCode.OK)
            throw new FleetAwayException("A server of the fleet gave an answer that is none.") { MayHaveArrived = true };
        if ((int)status >= 500)
            throw new FleetAwayException($"A server of the fleet answered {(int)status}.") { MayHaveArrived = status != HttpStatusCode.ServiceUnavailable, IsFull = status == HttpStatusCode.ServiceUnavailable };
        throw new EngineException($"A server of the fleet refuses the video ({(int)status}): {FleetHttp.WordsOf(body)}");
    }

    public async Task<FleetJobState> PollAsync(Uri endpoint, string id, CancellationToken ct)
    {
        var (status, body) = await http.SendAsync(HttpMethod.Get, Job(endpoint, id), null, ct);

        // vLLM-Omni answers for a job that failed with the job's own status code; what tells a job and an error apart is `object`.
        var isJob = body?["object"]?.ToString() == "video" || (status == HttpStatusCode.OK && body?["status"] is not null);
        if (!isJob)
        {
            return status == HttpStatusCode.NotFound ? new(FleetJobPhase.Lost)
                : throw new FleetAwayException($"A server of the fleet answered {(int)status} for a job.");
        }

        var phase = PhaseOf(body!);
        return new(phase, phase == FleetJobPhase.Failed ? FleetHttp.WordsOf(body) : null);
    }

    public async Task<IReadOnlyDictionary<string, FleetJobPhase>> ListAsync(Uri endpoint, CancellationToken ct)
    {
        var (status, body) = await http.SendAsync(HttpMethod.Get, Address(endpoint, "/v1/videos?limit=100"), null, ct);
        var jobs = status == HttpStatusCode.OK && body?["data"] is JsonArray data ? data.OfType<JsonObject>().Where(job => job["id"] is not null) : [];
        return jobs.DistinctBy(job => job["id"]!.ToString()).ToDictionary(job => job["id"]!.ToString(), PhaseOf, StringComparer.Ordinal);
    }

    public Task<Stream> OpenAsync(Uri endpoint, string id, CancellationToken ct) => http.OpenAsync(new(Job(endpoint, id).AbsoluteUri + "/content"), ct);

    public async Task DeleteAsync(Uri endpoint, string id, CancellationToken ct)
    {
        // 409 says that the job has not let go yet.
        for (var tries = 0; tries < 3 && (await http.SendAsync(HttpMethod.Delete, Job(endpoint, id), null, ct)).Status == HttpStatusCode.Conflict; tries++)
        {
            // Asked again at once: the server itself waited two seconds.
        }
    }

    private static FleetJobPhase PhaseOf(JsonObject job) => job["status"]?.ToString() switch
    {
        "completed" => FleetJobPhase.Completed,
        "failed" or "cancelled" or "canceled" or "deleted" => FleetJobPhase.Failed,
        "in_progress" => FleetJobPhase.Running,
        _ => FleetJobPhase.Waiting,
    };

    protected abstract HttpContent Write(WanVideo video, string? model);

    protected static string Text(double number) => number.ToString("0.0##", CultureInfo.InvariantCulture);

    protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    protected static MultipartFormDataContent Form(WanVideo video, IEnumerable<(string Name, string Value)> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);

        // A plain name: FastVideo makes a path of it.
        form.Add(new ByteArrayContent(video.Picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "input_reference", "first.png");
        return form;
    }

    private static Uri Address(Uri endpoint, string path) => new(endpoint.AbsoluteUri.TrimEnd('/') + path);

    private static Uri Job(Uri endpoint, string id) => Address(endpoint, $"/v1/videos/{Uri.EscapeDataString(id)}");
}

/// <summary>vLLM-Omni (vllm-project/vllm-omni, docs/serving/videos_api.md): multipart only; width and height must come together, frames and rate too.</summary>
internal sealed class VllmOmniDialect(FleetHttp http, FleetOptions fleet) : VideosDialect(http, fleet)
{
    public override bool GoesOnWhenCanceled => false;

    protected override HttpContent Write(WanVideo video, string? model) => Form(video,
    [
        ("prompt", video.Prompt), ("negative_prompt", video.NegativePrompt), .. model is null ? [] : new[] { ("model", model) },
        ("width", Text(video.Width)), ("height", Text(video.Height)), ("num_frames", Text(video.Frames)), ("fps", Text(WanVideo.FramesPerSecond)),
        ("num_inference_steps", Text(video.Steps)), ("guidance_scale", Text(video.Guidance)), ("guidance_scale_2", Text(video.Guidance2)),
        ("boundary_ratio", Text(WanVideo.Boundary)), ("flow_shift", Text(video.Shift)), ("seed", Text(video.Request.Seed)),
    ]);
}

/// <summary>SGLang-Diffusion (sgl-project/sglang, multimodal_gen/runtime/entrypoints/openai/video_api.py). The boundary is the server's own.</summary>
internal sealed class SglangDialect(FleetHttp http, FleetOptions fleet) : VideosDialect(http, fleet)
{
    public override bool GoesOnWhenCanceled => true;

    protected override HttpContent Write(WanVideo video, string? model) => Form(video,
    [
        ("prompt", video.Prompt), ("negative_prompt", video.NegativePrompt), .. model is null ? [] : new[] { ("model", model) },
        ("size", $"{Text(video.Width)}x{Text(video.Height)}"), ("num_frames", Text(video.Frames)), ("fps", Text(WanVideo.FramesPerSecond)), ("seconds", Text(video.Request.DurationSeconds)),
        ("num_inference_steps", Text(video.Steps)), ("guidance_scale", Text(video.Guidance)), ("guidance_scale_2", Text(video.Guidance2)),
        ("flow_shift", Text(video.Shift)), ("seed", Text(video.Request.Seed)),
    ]);
}

/// <summary>FastVideo (hao-ai-lab/FastVideo, entrypoints/openai/video_api.py): its form loses fields, so JSON. Boundary and shift are the server's own.</summary>
internal sealed class FastVideoDialect(FleetHttp http, FleetOptions fleet) : VideosDialect(http, fleet)
{
    public override bool GoesOnWhenCanceled => true;

    protected override HttpContent Write(WanVideo video, string? model)
    {
        var body = new JsonObject
        {
            ["prompt"] = video.Prompt,
            ["negative_prompt"] = video.NegativePrompt,
            ["reference_url"] = "data:image/png;base64," + Convert.ToBase64String(video.Picture),
            ["size"] = $"{Text(video.Width)}x{Text(video.Height)}",
            ["seconds"] = video.Request.DurationSeconds,
            ["num_frames"] = video.Frames,
            ["fps"] = WanVideo.FramesPerSecond,
            ["num_inference_steps"] = video.Steps,
            ["guidance_scale"] = video.Guidance,
            ["guidance_scale_2"] = video.Guidance2,
            ["seed"] = video.Request.Seed,
        };
        if (model is not null)
            body["model"] = model;
        return new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
    }
}
