namespace Kinema.Wan;

/// <summary>What a model computes in.</summary>
public enum WanPrecision
{
    /// <summary>bfloat16 on a GPU; on the CPU float32, or bfloat16 where the weights are stored in 16 bits or less.</summary>
    Auto,

    /// <summary>bfloat16, with the small parts in float32 that the reference keeps so.</summary>
    BFloat16,

    /// <summary>float32.</summary>
    Float32,
}
