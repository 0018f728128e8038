using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>The types that this library reads: elements of safetensors files, and the block types of GGUF files under their names in ggml.</summary>
internal enum StoredType
{
    Bool,
    U8,
    I8,
    I16,
    I32,
    I64,
    F8E4M3,
    F8E5M2,
    F16,
    BF16,
    F32,
    F64,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q8_0,
    Q2_K,
    Q3_K,
    Q4_K,
    Q5_K,
    Q6_K,
}

internal static class StoredTypes
{
    // libtorch knows the 8-bit floats; TorchSharp has no names for them.
    private const torch.ScalarType TorchE5M2 = (torch.ScalarType)23;
    private const torch.ScalarType TorchE4M3 = (torch.ScalarType)24;

    /// <summary>Returns the type of that name in a header, or null if it is unsupported.</summary>
    public static StoredType? Parse(string name) => name switch
    {
        "BOOL" => StoredType.Bool,
        "U8" => StoredType.U8,
        "I8" => StoredType.I8,
        "I16" => StoredType.I16,
        "I32" => StoredType.I32,
        "I64" => StoredType.I64,
        "F8_E4M3" => StoredType.F8E4M3,
        "F8_E5M2" => StoredType.F8E5M2,
        "F16" => StoredType.F16,
        "BF16" => StoredType.BF16,
        "F32" => StoredType.F32,
        "F64" => StoredType.F64,
        _ => null,
    };

    /// <summary>Whether numbers share their bytes with others of a block.</summary>
    public static bool IsBlock(this StoredType type) => type >= StoredType.Q4_0;

    /// <summary>Numbers of a block; 1 for elements.</summary>
    public static int BlockLength(this StoredType type) => type switch
    {
        >= StoredType.Q2_K => 256,
        >= StoredType.Q4_0 => 32,
        _ => 1,
    };

    /// <summary>Bytes of a block, or of an element.</summary>
    public static int BlockBytes(this StoredType type) => type switch
    {
        StoredType.Q4_0 => 18,
        StoredType.Q4_1 => 20,
        StoredType.Q5_0 => 22,
        StoredType.Q5_1 => 24,
        StoredType.Q8_0 => 34,
        StoredType.Q2_K => 84,
        StoredType.Q3_K => 110,
        StoredType.Q4_K => 144,
        StoredType.Q5_K => 176,
        StoredType.Q6_K => 210,
        _ => type.Size(),
    };

    /// <summary>Bytes of an element.</summary>
    public static int Size(this StoredType type) => type switch
    {
        _ when type.IsBlock() => throw new ArgumentOutOfRangeException(nameof(type), type, "Numbers of blocks have no bytes of their own."),
        StoredType.I16 or StoredType.F16 or StoredType.BF16 => 2,
        StoredType.I32 or StoredType.F32 => 4,
        StoredType.I64 or StoredType.F64 => 8,
        _ => 1,
    };

    public static bool IsFloat8(this StoredType type) => type is StoredType.F8E4M3 or StoredType.F8E5M2;

    public static bool IsFloat(this StoredType type) =>
        type.IsFloat8() || type.IsBlock() || type is StoredType.F16 or StoredType.BF16 or StoredType.F32 or StoredType.F64;

    public static torch.ScalarType ToTorch(this StoredType type) => type switch
    {
        StoredType.Bool => torch.ScalarType.Bool,
        StoredType.U8 => torch.ScalarType.Byte,
        StoredType.I8 => torch.ScalarType.Int8,
        StoredType.I16 => torch.ScalarType.Int16,
        StoredType.I32 => torch.ScalarType.Int32,
        StoredType.I64 => torch.ScalarType.Int64,
        StoredType.F8E4M3 => TorchE4M3,
        StoredType.F8E5M2 => TorchE5M2,
        StoredType.F16 => torch.ScalarType.Float16,
        StoredType.BF16 => torch.ScalarType.BFloat16,
        StoredType.F32 => torch.ScalarType.Float32,
        StoredType.F64 => torch.ScalarType.Float64,
        // A view of their bytes.
        _ when type.IsBlock() => torch.ScalarType.Byte,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
