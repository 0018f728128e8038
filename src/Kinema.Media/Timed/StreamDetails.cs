using System.Text.Json;
using System.Text.Json.Serialization;
using Kinema.Engines;

namespace Kinema.Media.Timed;

/// <summary>What the inspection found and decoding needs, as it travels in <see cref="MediaInput.Details"/>: no file is looked into twice.</summary>
/// <param name="Picture">Of a clip.</param>
/// <param name="SoundChannels">0 where there is no sound.</param>
internal sealed record StreamDetails(VideoStreamInfo? Picture, int SoundChannels)
{
    public static string Write(ProbedStreams streams) => JsonSerializer.Serialize(new(streams.Picture, streams.SoundChannels), StreamDetailsJson.Default.StreamDetails);

    /// <returns>Null where nothing, or nothing readable, came along.</returns>
    public static StreamDetails? Of(MediaInput input)
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
