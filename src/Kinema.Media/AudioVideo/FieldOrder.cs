using System.Text.Json.Serialization;

namespace Kinema.Media.AudioVideo;

/// <summary>Which field of an interlaced frame was taken first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FieldOrder>))]
internal enum FieldOrder
{
    /// <summary>Each frame says whether it is interlaced, and its order.</summary>
    PerFrame,

    TopFirst,

    BottomFirst,
}
