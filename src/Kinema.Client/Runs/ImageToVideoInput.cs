using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinema.Client;

/// <summary>Input of an image-to-video model. Null fields take the model's default; the model's record lists the limits.</summary>
/// <remarks>A media field takes an http(s) URL, a data URI (up to 10 MiB decoded), <see cref="Asset.Reference"/> or a URL that the server signed.</remarks>
/// <example><code>new ImageToVideoInput { ImageUrl = asset.Reference, Prompt = "slow push in", Duration = 5, Resolution = "720p" }</code></example>
public sealed record ImageToVideoInput
{
    /// <summary>What happens in the video; up to 5000 characters.</summary>
    public string? Prompt { get; init; }

    /// <summary>First frame; exactly one of this and <see cref="VideoUrl"/> is needed.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Last frame.</summary>
    public string? EndImageUrl { get; init; }

    /// <summary>Video to continue; shorter than <see cref="Duration"/>.</summary>
    public string? VideoUrl { get; init; }

    /// <summary>Audio; not with <see cref="VideoUrl"/>.</summary>
    public string? AudioUrl { get; init; }

    /// <summary>Resolution: <c>720p</c> or <c>1080p</c>.</summary>
    public string? Resolution { get; init; }

    /// <summary>Duration, 2 to 15 seconds.</summary>
    public int? Duration { get; init; }

    /// <summary>What the video shall not show; up to 500 characters.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Whether the engine may rewrite the prompt.</summary>
    public bool? EnablePromptExpansion { get; init; }

    /// <summary>Random seed, 0 to 2147483647; the same seed produces the same video.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether the output is moderated.</summary>
    public bool? EnableSafetyChecker { get; init; }

    internal JsonObject ToJson() => JsonSerializer.SerializeToNode(this, Wire.Default.ImageToVideoInput)!.AsObject();

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Resolution = {Resolution}, Duration = {Duration}, Seed = {Seed}");
        return true;
    }
}
