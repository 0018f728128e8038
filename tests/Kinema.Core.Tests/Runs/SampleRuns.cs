using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Artifacts;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Core.Tests.Runs;

/// <summary>Runs as the ledger would hand them out.</summary>
internal static class SampleRuns
{
    public static readonly Guid Id = Guid.Parse("019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f");

    public static Run Queued() => new()
    {
        Id = Id,
        OrgId = Guid.Parse("019e0000-0000-7000-8000-000000000001"),
        ModelId = TestCatalog.Wan.Id,
        ModelSlug = TestCatalog.Wan.Slug,
        ManifestVersion = 1,
        EngineId = "motion",
        Status = RunStatus.Queued,
        SourceCode = "api",
        InputJson = """{"prompt":"...","image_url":"runflow://assets/019d6a63-8400-7000-8000-0000000000b2"}""",
        EffectiveInputJson = """{"prompt":"...","duration":5}""",
        MetadataJson = """{ "order":"42", "n": 1.0, "é":"\u00e9" }""",
        ClientRef = "batch-1",
        CallbackUrl = "https://your-server.com/webhook",
        RequestId = "req_1",
        CreatedAt = new(2026, 5, 6, 10, 0, 0, TimeSpan.Zero),
        DeadlineAt = new(2026, 5, 7, 11, 0, 0, TimeSpan.Zero),
        Held = Money.Parse("0.50"),
    };

    public static Run Succeeded() => Queued() with
    {
        Status = RunStatus.Succeeded,
        StartedAt = new(2026, 5, 6, 10, 0, 1, TimeSpan.Zero),
        CompletedAt = new(2026, 5, 6, 10, 1, 31, 234, TimeSpan.Zero),
        Cost = Money.Parse("0.50"),
        AttemptCount = 1,
        Output = new()
        {
            Artifacts =
            [
                new()
                {
                    Key = "run/1/video.mp4",
                    Role = "video",
                    ContentType = "video/mp4",
                    SizeBytes = 1234567,
                    Digest = "ab",
                    Width = 1920,
                    Height = 1080,
                    DurationSeconds = 5,
                    FramesPerSecond = 30,
                    FrameCount = 150,
                    HasAudio = false,
                },
                new() { Key = "run/1/poster.jpg", Role = "poster", ContentType = "image/jpeg", SizeBytes = 1, Digest = "cd", Width = 1920, Height = 1080 },
                new() { Key = "run/1/last-frame.png", Role = "last_frame", ContentType = "image/png", SizeBytes = 1, Digest = "ef", Width = 1920, Height = 1080 },
            ],
            Seed = 42,
            ModelData = new JsonObject { ["move"] = "push_in", ["engine_version"] = "1", ["engine"] = "motion", ["prompt"] = "..." },
            Timing = new(1000, 200, 80_000, 9_000, 34, 91_234),
        },
    };

    public static Run Failed() => Queued() with
    {
        Status = RunStatus.Failed,
        CompletedAt = new(2026, 5, 6, 10, 0, 2, TimeSpan.Zero),
        Cost = Money.Zero,
        Failure = new(FailureCodes.InputMediaUnreachable, "The image cannot be reached.", FailureStages.Preprocess),
    };

    public static Run Canceled() => Queued() with { Status = RunStatus.Canceled, CompletedAt = new(2026, 5, 6, 10, 0, 2, TimeSpan.Zero), Cost = Money.Zero };

    public static RunPresenter Presenter() => new(new RunOutputPresenter(new PlainUrls()));

    public static JsonElement Json(byte[] utf8) => JsonElement.Parse(utf8);

    public static string[] Names(JsonElement value) => [.. value.EnumerateObject().Select(p => p.Name)];

    internal sealed class PlainUrls : ISignedUrls
    {
        public Uri ForArtifact(Guid orgId, string key) => new($"https://kinema.example/files/{key}?sig=s&exp=1");

        public Uri ForAsset(Guid orgId, Guid assetId) => new($"https://kinema.example/assets/{assetId}?sig=s");

        public Uri ForUpload(Guid orgId, Guid assetId) => new($"https://kinema.example/uploads/{assetId}?sig=s");

        public SignedTarget Resolve(Uri url) => new SignedTarget.None();
    }
}
