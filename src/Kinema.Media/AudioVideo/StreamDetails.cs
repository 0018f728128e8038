using System.Text.Json;
using System.Text.Json.Serialization;
using Kinema.Engines;

namespace Kinema.Media.AudioVideo;

/// <summary>Stream details that the inspection passes to the decoder in <see cref="MediaInput.Details"/>, so that no file is probed twice.</summary>
/// <param name="Video">Video stream; null for an audio file.</param>
/// <param name="AudioChannels">Number of audio channels; 0 without audio.</param>
/// <param name="AudioTrack">The decoded audio stream, counted among the audio streams.</param>
/// <param name="AudioPeak">Largest sample of the stereo downmix, 1 for full scale; null if it was not measured.</param>
/// <param name="LostPictureSeconds">Length of pictures that are missing or damaged, seconds.</param>
/// <param name="Notes">What was left out or changed, for people.</param>
/// <remarks>Stored runs contain this JSON, so the JSON names stay.</remarks>
internal sealed record StreamDetails(
    [property: JsonPropertyName("Picture")] VideoStreamInfo? Video,
    [property: JsonPropertyName("SoundChannels")] int AudioChannels,
    int AudioTrack = 0,
    double? AudioPeak = null,
    double LostPictureSeconds = 0,
    IReadOnlyList<string>? Notes = null)
{
    public string Write() => JsonSerializer.Serialize(this, StreamDetailsJson.Default.StreamDetails);

    /// <returns>Null if there are no readable details.</returns>
    public static StreamDetails? Read(MediaInput input) => Read(input.Details);

    public static StreamDetails? Read(string? details)
    {
        try
        {
            return details is null ? null : JsonSerializer.Deserialize(details, StreamDetailsJson.Default.StreamDetails);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StreamDetails))]
internal sealed partial class StreamDetailsJson : JsonSerializerContext;
