using Kinema.Engines;

namespace Kinema.Worker.Protocol;

/// <summary><c>POST /v1/worker/attempts/{run}/{fence}/inputs</c>: waits while the server fetches and checks the inputs.</summary>
/// <param name="State"><c>ready</c>, <c>preparing</c> (ask again) or <c>ended</c> (the server has ended the attempt).</param>
/// <param name="Media">The inputs, once they are ready; each is read by <c>GET …/inputs/{digest}</c>.</param>
/// <param name="ExpandedPrompt">The prompt to generate from, in place of the claim's, once the inputs are ready; null if it stays.</param>
internal sealed record InputsReply(string State, IReadOnlyList<OfferedMedia> Media, string? ExpandedPrompt = null)
{
    public const string Ready = "ready";
    public const string Preparing = "preparing";
    public const string Ended = "ended";
}

/// <summary>An input as the server inspected it.</summary>
internal sealed record OfferedMedia
{
    public required MediaRole Role { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public required string Digest { get; init; }

    public required string ContentType { get; init; }

    public required long SizeBytes { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public double? Seconds { get; init; }

    public bool HasAudio { get; init; }

    public string? Details { get; init; }

    public static OfferedMedia From(MediaRole role, MediaInput media) => new()
    {
        Role = role,
        Digest = media.Digest,
        ContentType = media.ContentType,
        SizeBytes = media.SizeBytes,
        Width = media.Width,
        Height = media.Height,
        Seconds = media.Seconds,
        HasAudio = media.HasAudio,
        Details = media.Details,
    };

    public MediaInput At(string path) => new()
    {
        Path = path,
        Digest = Digest,
        ContentType = ContentType,
        SizeBytes = SizeBytes,
        Width = Width,
        Height = Height,
        Seconds = Seconds,
        HasAudio = HasAudio,
        Details = Details,
    };
}

/// <summary>The question for the inputs.</summary>
/// <param name="TakesPrompt">Whether the worker generates from <see cref="InputsReply.ExpandedPrompt"/>. One that does not know of it gets the prompt as the caller wrote it.</param>
internal sealed record PrepareInputsOf(bool TakesPrompt = false);
