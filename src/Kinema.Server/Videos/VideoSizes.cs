using Kinema.Core.Catalog;

namespace Kinema.Server.Videos;

/// <summary>Sizes that OpenAI-style clients send, as resolutions of the manifests. A resolution is an area: the picture decides the aspect ratio.</summary>
internal static class VideoSizes
{
    private static readonly Dictionary<string, string> _resolutions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["832x480"] = "480p",
        ["480x832"] = "480p",
        ["1280x720"] = "720p",
        ["720x1280"] = "720p",
        ["1920x1080"] = "1080p",
        ["1080x1920"] = "1080p",
    };

    /// <summary>Null for a size that stands for no resolution.</summary>
    public static string? ResolutionOf(string size) => _resolutions.GetValueOrDefault(size);

    /// <summary>The sizes that the field takes, for messages.</summary>
    public static string AllowedBy(FieldManifest resolution) => string.Join(", ", _resolutions.Where(size => resolution.AllowedValues.Contains(size.Value)).Select(size => size.Key));
}
