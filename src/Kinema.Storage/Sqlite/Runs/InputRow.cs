using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>A row of <c>inputs</c>.</summary>
internal sealed class InputRow
{
    public required string Field { get; init; }
    public string? SourceUri { get; init; }
    public required string Digest { get; init; }
    public required string ContentType { get; init; }
    public required long SizeBytes { get; init; }
    public long? Width { get; init; }
    public long? Height { get; init; }
    public double? Seconds { get; init; }
    public long HasSound { get; init; }
    public double LostSeconds { get; init; }
    public string? Details { get; init; }

    public RunInput ToInput() => new(Field, SourceUri, Digest, ContentType, SizeBytes, (int?)Width, (int?)Height)
    {
        Seconds = Seconds,
        HasAudio = HasSound != 0,
        LostSeconds = LostSeconds,
        Details = Details,
    };

    public static object Parameters(RunRow run, RunInput input, long now) => new
    {
        runId = run.Id,
        orgId = run.OrgId,
        field = input.Field,
        sourceUri = input.SourceUri,
        digest = input.Digest,
        contentType = input.ContentType,
        sizeBytes = input.SizeBytes,
        width = input.Width,
        height = input.Height,
        seconds = input.Seconds,
        hasSound = input.HasAudio,
        lostSeconds = input.LostSeconds,
        details = input.Details,
        now,
    };
}
