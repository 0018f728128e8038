using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinema.Client;

/// <summary>Request to create a run.</summary>
public sealed record CreateRunRequest
{
    /// <summary>Input fields of the model; <see cref="ImageToVideo.ToInput"/> creates the input of Wan image-to-video.</summary>
    public required JsonObject Input { get; init; }

    /// <summary>URL that receives the callback when the run ends; null for none.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Metadata that the run record and the callback repeat.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>The caller's own reference for the run; not unique.</summary>
    public string? ClientRef { get; init; }
}

/// <summary>Input of an image-to-video model. Null fields take the model's default.</summary>
public sealed record ImageToVideo
{
    /// <summary>Prompt.</summary>
    public string? Prompt { get; init; }

    /// <summary>First frame: an http(s) URL, a data URI or an asset reference.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Last frame.</summary>
    public string? EndImageUrl { get; init; }

    /// <summary>Video to continue.</summary>
    public string? VideoUrl { get; init; }

    /// <summary>Audio.</summary>
    public string? AudioUrl { get; init; }

    /// <summary>Resolution: <c>720p</c> or <c>1080p</c>.</summary>
    public string? Resolution { get; init; }

    /// <summary>Duration, seconds.</summary>
    public int? Duration { get; init; }

    /// <summary>Negative prompt.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Whether the engine may rewrite the prompt.</summary>
    public bool? EnablePromptExpansion { get; init; }

    /// <summary>Random seed; the same seed produces the same video.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether the output is moderated.</summary>
    public bool? EnableSafetyChecker { get; init; }

    /// <summary>Converts to the JSON object for <see cref="CreateRunRequest.Input"/>.</summary>
    public JsonObject ToInput() => JsonSerializer.SerializeToNode(this, Wire.Default.ImageToVideo)!.AsObject();
}
