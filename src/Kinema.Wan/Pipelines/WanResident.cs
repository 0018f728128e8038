using System.Text.Json.Serialization;

namespace Kinema.Wan;

/// <summary>How the matrices of the transformers and the text encoder stay in memory.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WanResident>))]
public enum WanResident
{
    /// <summary>
    /// As their files store them where that is smaller (fp8 and int8 with their scales, GGUF's blocks on the CPU, 16 bits computed as float32). Each is widened just before its product,
    /// and LoRAs are products of their own beside it.
    /// </summary>
    AsStored,

    /// <summary>In the compute type, with LoRAs merged.</summary>
    Widened,
}
