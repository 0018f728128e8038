using System.Text.Json;
using System.Text.Json.Serialization;
using Kinema.Engines;

namespace Kinema.Media.AudioVideo;

/// <summary>Stream details that the inspection passes to the decoder in <see cref="MediaInput.Details"/>, so that no file is probed twice.</summary>
/// <param name="Video">Video stream; null for an audio file.</param>
/// <param name="AudioChannels">Number of audio channels; 0 without audio.</param>
/// <remarks>Stored runs contain this JSON, so the JSON names stay.</remarks>
internal sealed record StreamDetails(
    [property: JsonPropertyName("Picture")] VideoStreamInfo? Video, [property: JsonPropertyName("SoundChannels")] int AudioChannels)
{
    public static string Write(ProbedStreams streams) =>
        JsonSerializer.Serialize(new(streams.Video, streams.AudioChannels), StreamDetailsJson.Default.StreamDetails);

    /// <returns>Null if there are no readable details.</returns>
    public static StreamDetails? Read(MediaInput input)
    {
        try
        {
            return input.Details is null ? null : JsonSerializer.Deserialize(input.Details, StreamDetailsJson.Default.StreamDetails);
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
