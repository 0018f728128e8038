using System.Globalization;
using System.Text;

namespace Kinema.Client;

/// <summary>An output file.</summary>
public sealed record OutputFile
{
    /// <summary>Signed URL; needs no API key and expires.</summary>
    public required string Url { get; init; }

    /// <summary>Kind of file: <c>video</c>, <c>image</c> or <c>audio</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Content type, for example <c>video/mp4</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Width, pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Height, pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Duration, seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Frames per second.</summary>
    public double? Fps { get; init; }

    /// <summary>Number of frames.</summary>
    public int? FrameCount { get; init; }

    /// <summary>Size, bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Whether the video has an audio track.</summary>
    public bool? HasAudio { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"ContentType = {ContentType}, Width = {Width}, Height = {Height}, Duration = {Duration}, SizeBytes = {SizeBytes}");
        return true;
    }
}
