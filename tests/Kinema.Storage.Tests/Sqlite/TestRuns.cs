using Kinema.Core.Keys;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Storage.Tests.Sqlite;

internal static class TestRuns
{
    public static Run New(Organization org, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OrgId = org.Id,
        ModelId = Guid.CreateVersion7(now),
        ModelSlug = "alibaba/wan/v2.7/image-to-video",
        ManifestVersion = 1,
        EngineId = "motion",
        Status = RunStatus.Queued,
        SourceCode = "api",
        InputJson = """{"prompt":"a cat","image_url":"https://example.com/cat.png"}""",
        EffectiveInputJson = """{"prompt":"a cat","image_url":"https://example.com/cat.png","seed":7}""",
        CallbackUrl = "https://example.com/hook",
        RequestId = "req_1",
        CreatedAt = now,
        DeadlineAt = now.AddDays(1),
        Held = Money.Parse("0.50"),
    };

    public static EngineDescriptor Engine(string id) => new()
    {
        Id = id,
        Version = "1",
        DisplayName = "An engine",
        MediaRoles = [MediaRole.FirstFrame],
        Resolutions = [VideoResolution.Hd720],
        MinDurationSeconds = 2,
        MaxDurationSeconds = 15,
    };
}
