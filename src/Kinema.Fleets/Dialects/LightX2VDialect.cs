using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Fleets.Dialects;

/// <summary>
/// LightX2V's task server (ModelTC/LightX2V, lightx2v/server). The caller names the task, so that the one of a lost answer is known; its file outlives a restart. Guidance,
/// shift, boundary and size are the server's own, and what one request sets stays for the next: every field is sent.
/// </summary>
internal sealed class LightX2VDialect(FleetHttp http) : IFleetDialect
{
    public bool GoesOnWhenCanceled => true;

    public bool NamesJobs => true;

    public async Task<string> SubmitAsync(Uri endpoint, WanVideo video, string name, CancellationToken ct)
    {
        // The last frame is read from a form only.
        using HttpContent content = video.LastPicture is null ? Json(video, name) : Form(video, name);
        var path = video.LastPicture is null ? "/v1/tasks/video/" : "/v1/tasks/video/form";
        var (status, body) = await http.SendAsync(HttpMethod.Post, Address(endpoint, path), content, ct);
        if (status == HttpStatusCode.OK && body?["task_id"]?.ToString() is { Length: > 0 } id)
            return id;

        var words = FleetHttp.WordsOf(body);
        if (status == HttpStatusCode.ServiceUnavailable && words.Contains("already exists", StringComparison.OrdinalIgnoreCase))
            return name;
        if (status is HttpStatusCode.OK or >= HttpStatusCode.InternalServerError)
            throw new FleetAwayException($"A server of the fleet answered {(int)status}.") { MayHaveArrived = status != HttpStatusCode.ServiceUnavailable, IsFull = status == HttpStatusCode.ServiceUnavailable };
        throw new EngineException($"A server of the fleet refuses the video ({(int)status}): {words}");
    }

    public async Task<FleetJobState> PollAsync(Uri endpoint, string id, CancellationToken ct)
    {
        var (status, body) = await http.SendAsync(HttpMethod.Get, Address(endpoint, $"/v1/tasks/{Uri.EscapeDataString(id)}/status"), null, ct);
        if (status == HttpStatusCode.NotFound)
            return await HasFileAsync(endpoint, id, ct) ? new(FleetJobPhase.Completed) : new(FleetJobPhase.Lost);
        if (status != HttpStatusCode.OK)
            throw new FleetAwayException($"A server of the fleet answered {(int)status} for a job.");

        var phase = PhaseOf(body);
        return new(phase, phase == FleetJobPhase.Failed ? FleetHttp.WordsOf(body) : null);
    }

    /// <summary>An object keyed by task.</summary>
    public async Task<IReadOnlyDictionary<string, FleetJobPhase>> ListAsync(Uri endpoint, CancellationToken ct)
    {
        var (status, body) = await http.SendAsync(HttpMethod.Get, Address(endpoint, "/v1/tasks/"), null, ct);
        return status == HttpStatusCode.OK && body is not null
            ? body.Where(task => task.Value is JsonObject).ToDictionary(task => task.Key, task => PhaseOf((JsonObject)task.Value!), StringComparer.Ordinal)
            : new Dictionary<string, FleetJobPhase>();
    }

    /// <summary>By the file: the task itself is forgotten when the server is started anew.</summary>
    public Task<Stream> OpenAsync(Uri endpoint, string id, CancellationToken ct) => http.OpenAsync(FileOf(endpoint, id), ct);

    public Task DeleteAsync(Uri endpoint, string id, CancellationToken ct) => http.SendAsync(HttpMethod.Delete, Address(endpoint, $"/v1/tasks/{Uri.EscapeDataString(id)}"), null, ct);

    private static FleetJobPhase PhaseOf(JsonObject? task) => task?["status"]?.ToString() switch
    {
        "completed" => FleetJobPhase.Completed,
        "failed" or "cancelled" => FleetJobPhase.Failed,
        "processing" => FleetJobPhase.Running,
        _ => FleetJobPhase.Waiting,
    };

    private async Task<bool> HasFileAsync(Uri endpoint, string id, CancellationToken ct)
    {
        try
        {
            await using var file = await http.OpenAsync(FileOf(endpoint, id), ct);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static StringContent Json(WanVideo video, string name)
    {
        var body = new JsonObject
        {
            ["task_id"] = name,
            ["prompt"] = video.Prompt,
            ["negative_prompt"] = video.NegativePrompt,
            ["image_path"] = "data:image/png;base64," + Convert.ToBase64String(video.Picture),
            ["last_frame_path"] = "",
            ["audio_path"] = "",
            ["infer_steps"] = video.Steps,
            ["seed"] = video.Request.Seed,
            ["target_video_length"] = video.Frames,
            ["target_fps"] = WanVideo.FramesPerSecond,
            ["target_shape"] = new JsonArray(video.Height, video.Width),
            ["save_result_path"] = "",
            ["use_prompt_enhancer"] = false,
        };
        return new(body.ToJsonString(), Encoding.UTF8, "application/json");
    }

    private static MultipartFormDataContent Form(WanVideo video, string name)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in ((string, string)[])
        [
            ("task_id", name), ("prompt", video.Prompt), ("negative_prompt", video.NegativePrompt), ("infer_steps", $"{video.Steps}"), ("seed", $"{video.Request.Seed}"),
            ("target_video_length", $"{video.Frames}"), ("target_fps", $"{WanVideo.FramesPerSecond}"), ("save_result_path", ""), ("use_prompt_enhancer", "false"),
        ])
            form.Add(new StringContent(value), field);
        form.Add(new ByteArrayContent(video.Picture) { Headers = { ContentType = new("image/png") } }, "image_file", "first.png");
        form.Add(new ByteArrayContent(video.LastPicture!) { Headers = { ContentType = new("image/png") } }, "last_frame_file", "last.png");
        return form;
    }

    private static Uri FileOf(Uri endpoint, string id) => Address(endpoint, $"/v1/files/download/{Uri.EscapeDataString(id)}.mp4");

    private static Uri Address(Uri endpoint, string path) => new(endpoint.AbsoluteUri.TrimEnd('/') + path);
}
