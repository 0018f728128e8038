namespace Kinema.Wan.Worker.Videos;

/// <summary>What <c>kinema wan run</c> is to make, apart from the request's settings.</summary>
internal sealed record VideoOrder
{
    public required WanFiles Files { get; init; }

    public required WanOptions Model { get; init; }

    public required string Image { get; init; }

    public required string? LastImage { get; init; }

    public required string Output { get; init; }
}

/// <summary>What was made.</summary>
internal sealed record GeneratedVideo(WanSettings Settings, WanStepCacheReport? StepCache, TimeSpan Elapsed);
