using Kinema.Core.Json;

namespace Kinema.Core.Assets;

/// <summary>The kinds of assets, as <c>GET /v1/assets/types</c> answers.</summary>
public static class AssetTypes
{
    /// <summary>The content type of an upload whose content decides.</summary>
    public const string Unknown = "application/octet-stream";

    private static readonly (string Code, string Name, string Description)[] _all =
    [
        ("image", "Image", "A picture, for image_url or end_image_url."),
        ("video", "Video", "A clip, for video_url."),
        ("audio", "Audio", "A sound, for audio_url."),
        ("file", "File", "An upload whose content has not come yet and whose type was not declared."),
    ];

    public static IReadOnlyList<string> Codes { get; } = [.. _all.Select(type => type.Code)];

    public static byte[] Present() => WireJson.WriteList(_all, (writer, type) =>
    {
        writer.WriteStartObject();
        writer.WriteString("code", type.Code);
        writer.WriteString("name", type.Name);
        writer.WriteString("description", type.Description);
        writer.WriteEndObject();
    });

    /// <summary>Returns the kind of a content type.</summary>
    public static string Of(string mimeType) => mimeType.Split('/')[0] is var type and ("image" or "video" or "audio") ? type : "file";
}
