using System.Text.Json;
using System.Text.Json.Serialization;
using Kinema.Engines;

namespace Kinema.Media.Timed;

/// <summary>What the inspection found and decoding needs, as it travels in <see cref="MediaInput.Details"/>: no file is looked into twice.</summary>
/// <param name="Picture">Of a clip.</param>
/// <param name="SoundChannels">0 where there is no sound.</param>
internal sealed record Findings(FoundPicture? Picture, int SoundChannels)
{
    public static string Write(FoundStreams streams) => JsonSerializer.Serialize(new(streams.Picture, streams.SoundChannels), FindingsJson.Default.Findings);

    /// <returns>Null where nothing, or nothing readable, came along.</returns>
    public static Findings? Of(MediaInput input)
    {
        try
        {
            return input.Details is null ? null : JsonSerializer.Deserialize(input.Details, FindingsJson.Default.Findings);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Findings))]
internal sealed partial class FindingsJson : JsonSerializerContext;
