using System.Text.Json.Serialization;

namespace Kinema.Engines;

/// <summary>Role of a media input.</summary>
public enum MediaRole
{
    /// <summary>Still image that becomes the first frame.</summary>
    FirstFrame,

    /// <summary>Still image that becomes the last frame.</summary>
    LastFrame,

    /// <summary>Video that the output continues. Stored descriptors spell it <c>Clip</c>.</summary>
    [JsonStringEnumMemberName("Clip")]
    InputVideo,

    /// <summary>Audio that drives the pace of the video.</summary>
    Audio,
}
