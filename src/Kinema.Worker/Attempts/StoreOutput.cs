using System.Text.Json.Nodes;
using Kinema.Core.Artifacts;
using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>Stores the video, its poster and its last frame as artifacts and creates the run output. The files are unreachable until the ledger references them.</summary>
internal sealed class StoreOutput(IArtifactStore artifacts)
{
    /// <param name="attempt">The attempt that made the files; their keys come from its run and fence.</param>
    /// <param name="files">The files.</param>
    /// <param name="modelData">What the record says of how the video was made.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="nsfwDetected">What the safety checker says; null if it was not asked.</param>
    /// <param name="timing">Read when all is stored.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<RunOutput> HandleAsync(
        AttemptRef attempt, OutputFiles files, JsonObject modelData, long seed, bool? nsfwDetected, Func<RunTiming> timing, CancellationToken ct)
    {
        var poster = await artifacts.PutAsync(Key(attempt, OutputFiles.PosterName), files.Poster, ct);
        var lastFrame = await artifacts.PutAsync(Key(attempt, OutputFiles.LastFrameName), files.LastFrame, ct);
        var video = await artifacts.PutAsync(Key(attempt, OutputFiles.VideoName), files.Video, ct);
        var format = files.Format;

        return new()
        {
            Artifacts =
            [
                new()
                {
                    Key = video.Key, Role = "video", ContentType = "video/mp4", SizeBytes = video.SizeBytes, Digest = video.Digest, Width = format.Width,
                    Height = format.Height, DurationSeconds = files.Seconds, FramesPerSecond = format.FramesPerSecond, FrameCount = format.FrameCount, HasAudio = files.HasAudio,
                },
                Picture(poster, "poster", "image/jpeg", format),
                Picture(lastFrame, "last_frame", "image/png", format),
            ],
            Seed = seed,
            ModelData = modelData,
            NsfwDetected = nsfwDetected,
            Timing = timing(),
        };
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
}
