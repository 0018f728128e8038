using System.Text.Json.Serialization;

namespace Kinema.Wan;

/// <summary>The floating-point type in which a model computes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WanPrecision>))]
public enum WanPrecision
{
    /// <summary>bfloat16 on a GPU. On the CPU float32, or bfloat16 if the weights are stored in 16 bits or less.</summary>
    Auto,

    /// <summary>bfloat16, except for the small components that the reference keeps in float32.</summary>
    BFloat16,

    /// <summary>float32.</summary>
    Float32,
}
