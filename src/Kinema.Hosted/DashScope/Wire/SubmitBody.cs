using System.Buffers;
using System.Text.Json;
using Kinema.Engines;

namespace Kinema.Hosted.DashScope.Wire;

/// <summary>The body of a submit. Whatever has a default there is sent all the same: a video without <c>watermark</c> has come back with one.</summary>
internal static class SubmitBody
{
    /// <param name="request">The request.</param>
    /// <param name="model">The model or snapshot.</param>
    /// <param name="media">Address of each medium, in the order of the roles.</param>
    public static byte[] Write(VideoRequest request, string model, IReadOnlyList<(MediaRole Role, string Url)> media)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes);
        writer.WriteStartObject();
        writer.WriteString("model", model);
        writer.WriteStartObject("input");
        if (request.Prompt is { Length: > 0 } prompt)
            writer.WriteString("prompt", prompt);
        if (request.NegativePrompt is { Length: > 0 } negative)
            writer.WriteString("negative_prompt", negative);
        writer.WriteStartArray("media");
        foreach (var (role, url) in media)
        {
            writer.WriteStartObject();
            writer.WriteString("type", NameOf(role));
            writer.WriteString("url", url);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("parameters");
        writer.WriteString("resolution", request.Resolution == VideoResolution.Hd1080 ? "1080P" : "720P");
        writer.WriteNumber("duration", request.DurationSeconds);
        writer.WriteBoolean("prompt_extend", request.EnablePromptExpansion);
        writer.WriteBoolean("watermark", false);
        writer.WriteNumber("seed", request.Seed);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static string NameOf(MediaRole role) => role switch
    {
        MediaRole.FirstFrame => "first_frame",
        MediaRole.LastFrame => "last_frame",
        MediaRole.InputVideo => "first_clip",
        _ => "driving_audio",
    };
}
