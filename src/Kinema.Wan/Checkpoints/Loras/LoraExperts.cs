using System.Text.Json.Serialization;

namespace Kinema.Wan;

/// <summary>The experts of Wan 2.2 A14B. Models with one transformer have the high-noise one only.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<LoraExperts>))]
public enum LoraExperts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The high-noise expert, <c>transformer</c>.</summary>
    HighNoise = 1,

    /// <summary>The low-noise expert, <c>transformer_2</c>.</summary>
    LowNoise = 2,

    /// <summary>Both.</summary>
    Both = HighNoise | LowNoise,
}
