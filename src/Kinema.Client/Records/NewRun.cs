using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinema.Client;

/// <summary>What a run is created from.</summary>
public sealed record NewRun
{
    /// <summary>The model's own fields; <see cref="ImageToVideo.ToInput"/> makes one for Wan image-to-video.</summary>
    public required JsonObject Input { get; init; }

    /// <summary>Told once the run has ended; null for nobody.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Echoed in the record and in the callback.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>The caller's own name for the run, not unique.</summary>
    public string? ClientRef { get; init; }
}

/// <summary>The input of an image-to-video model, field by field. What is null is left to the model's default.</summary>
public sealed record ImageToVideo
{
    /// <summary>What shall happen.</summary>
    public string? Prompt { get; init; }

    /// <summary>The first frame: an http(s) URL, a data URI or an asset's reference.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>The last frame.</summary>
    public string? EndImageUrl { get; init; }

    /// <summary>A clip to go on from.</summary>
    public string? VideoUrl { get; init; }

    /// <summary>The sound.</summary>
    public string? AudioUrl { get; init; }

    /// <summary><c>720p</c> or <c>1080p</c>.</summary>
    public string? Resolution { get; init; }

    /// <summary>Seconds.</summary>
    public int? Duration { get; init; }

    /// <summary>What shall not happen.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Whether the prompt may be rewritten.</summary>
    public bool? EnablePromptExpansion { get; init; }

    /// <summary>The same seed makes the same video.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether the output is judged.</summary>
    public bool? EnableSafetyChecker { get; init; }

    /// <summary>As <see cref="NewRun.Input"/> takes it.</summary>
    public JsonObject ToInput() => JsonSerializer.SerializeToNode(this, Wire.Default.ImageToVideo)!.AsObject();
}
