using System.Text.Json.Nodes;
using Kinema.Core.Artifacts;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Worker.Inputs;

namespace Kinema.Worker.Attempts;

/// <summary>Stores the video, its poster and its last frame as artifacts and creates the run output. The files are unreachable until the ledger references them.</summary>
internal sealed class StoreVideo(IArtifactStore artifacts, IPosterMaker posters, ILastFrameMaker lastFrames, TimeProvider timeProvider)
{
    public async Task<RunOutput> HandleAsync(
        ClaimedRun claim, VideoRequest request, EngineDescriptor engine, PreparedInputs inputs, EncodedVideo video, AttemptTimings times, CancellationToken ct)
    {
        var began = timeProvider.GetTimestamp();
        var poster = await PutPictureAsync(claim, video, "poster.jpg", posters.Encode(video.Format, video.PosterFrame), ct);
        var lastFrame = await PutPictureAsync(claim, video, "last-frame.png", lastFrames.Encode(video.Format, video.LastFrame), ct);
        var stored = await artifacts.PutAsync(Key(claim.Attempt, "video.mp4"), video.Path, ct);
        var format = video.Format;

        return new()
        {
            Artifacts =
            [
                new()
                {
                    Key = stored.Key, Role = "video", ContentType = "video/mp4", SizeBytes = stored.SizeBytes, Digest = stored.Digest, Width = format.Width,
                    Height = format.Height, DurationSeconds = video.Seconds, FramesPerSecond = format.FramesPerSecond, FrameCount = format.FrameCount, HasAudio = video.HasAudio,
                },
                Picture(poster, "poster", "image/jpeg", format),
                Picture(lastFrame, "last_frame", "image/png", format),
            ],
            Seed = request.Seed,
            ModelData = ModelData(request, engine, inputs, video.ModelData),
            Timing = times.Timing(video.Inference, video.Encoding, timeProvider.GetElapsedTime(began)),
        };
    }

    private async Task<StoredFile> PutPictureAsync(ClaimedRun claim, EncodedVideo video, string name, byte[] content, CancellationToken ct)
    {
        var path = Path.Combine(Path.GetDirectoryName(video.Path)!, name);
        await File.WriteAllBytesAsync(path, content, ct);
        return await artifacts.PutAsync(Key(claim.Attempt, name), path, ct);
    }

    private static OutputArtifact Picture(StoredFile file, string role, string contentType, VideoFormat format) => new()
    {
        Key = file.Key,
        Role = role,
        ContentType = contentType,
        SizeBytes = file.SizeBytes,
        Digest = file.Digest,
        Width = format.Width,
        Height = format.Height,
    };

    private static string Key(AttemptRef attempt, string name) => $"{attempt.RunId}/{attempt.Fence}/{name}";

    /// <summary>Combines common fields with the engine's own data; the engine cannot override its id and version.</summary>
    private static JsonObject ModelData(VideoRequest request, EngineDescriptor engine, PreparedInputs inputs, JsonObject engineData)
    {
        var data = new JsonObject
        {
            ["prompt"] = request.Prompt,
            ["actual_prompt"] = request.Prompt,
            ["negative_prompt"] = request.NegativePrompt,
        };
        foreach (var (name, value) in engineData)
            data[name] = value?.DeepClone();

        data["engine"] = engine.Id;
        data["engine_version"] = engine.Version;
        data["inputs"] = new JsonArray([.. inputs.Inputs.Select(Describe)]);
        return data;
    }

    private static JsonObject Describe(RunInput input)
    {
        var described = new JsonObject
        {
            ["field"] = input.Field,
            ["sha256"] = input.Digest,
            ["content_type"] = input.ContentType,
            ["size_bytes"] = input.SizeBytes,
            ["width"] = input.Width,
            ["height"] = input.Height,
        };
        if (input.Seconds is { } seconds)
        {
            described["duration"] = seconds;
            described["has_audio"] = input.HasAudio;
            if (input.LostSeconds > 0)
                described["lost_seconds"] = input.LostSeconds;
            var (lostPictures, notes) = InspectionRecord.Read(input.Details);
            if (lostPictures > 0)
                described["lost_picture_seconds"] = lostPictures;
            if (notes.Count > 0)
                described["notes"] = new JsonArray([.. notes.Select(note => JsonValue.Create(note))]);
        }

        return described;
    }
}
