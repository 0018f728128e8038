namespace Kinema.Wan.Checkpoints.Gguf;

/// <summary>The numbers by which GGUF files name types (enum ggml_type and the metadata types of ggml's gguf.h).</summary>
internal static class GgufTypes
{
    public const uint Text = 8, Array = 9, Int32 = 5, UInt32 = 4;

    /// <summary>The names of the types that this library reads.</summary>
    public const string Supported = "F32, F16, BF16, F64, I8, I16, I32, I64, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K";

    /// <summary>Returns the type of that number, or null if it is unsupported.</summary>
    public static StoredType? Of(uint number) => number switch
    {
        0 => StoredType.F32,
        1 => StoredType.F16,
        2 => StoredType.Q4_0,
        3 => StoredType.Q4_1,
        6 => StoredType.Q5_0,
        7 => StoredType.Q5_1,
        8 => StoredType.Q8_0,
        10 => StoredType.Q2_K,
        11 => StoredType.Q3_K,
        12 => StoredType.Q4_K,
        13 => StoredType.Q5_K,
        14 => StoredType.Q6_K,
        24 => StoredType.I8,
        25 => StoredType.I16,
        26 => StoredType.I32,
        27 => StoredType.I64,
        28 => StoredType.F64,
        30 => StoredType.BF16,
        _ => null,
    };

    /// <summary>Bytes of a metadata value of fixed size; 0 for texts, arrays and unknown types.</summary>
    public static int MetadataBytes(uint type) => type switch
    {
        0 or 1 or 7 => 1,
        2 or 3 => 2,
        4 or 5 or 6 => 4,
        10 or 11 or 12 => 8,
        _ => 0,
    };
}
