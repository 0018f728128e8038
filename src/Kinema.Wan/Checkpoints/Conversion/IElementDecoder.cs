using System.Numerics;

namespace Kinema.Wan.Checkpoints.Conversion;

/// <summary>Decodes numbers of one stored type of 8 or 16 bits to float32, a SIMD vector at a time.</summary>
internal interface IElementDecoder
{
    /// <summary>bits: each number's bits, zero-extended → the same numbers.</summary>
    static abstract Vector<float> Widen(Vector<uint> bits);
}

internal readonly struct BrainFloat : IElementDecoder
{
    public static Vector<float> Widen(Vector<uint> bits) => Vector.AsVectorSingle(bits << 16);
}

internal readonly struct HalfFloat : IElementDecoder
{
    public static Vector<float> Widen(Vector<uint> bits) => SmallFloatDecoder.Widen(bits, exponentBits: 5, mantissaBits: 10, hasInfinity: true);
}

internal readonly struct E5M2 : IElementDecoder
{
    public static Vector<float> Widen(Vector<uint> bits) => SmallFloatDecoder.Widen(bits, exponentBits: 5, mantissaBits: 2, hasInfinity: true);
}

/// <summary>The finite variant: no infinities, one NaN per sign.</summary>
internal readonly struct E4M3 : IElementDecoder
{
    public static Vector<float> Widen(Vector<uint> bits) => SmallFloatDecoder.Widen(bits, exponentBits: 4, mantissaBits: 3, hasInfinity: false);
}

internal readonly struct SignedByte : IElementDecoder
{
    public static Vector<float> Widen(Vector<uint> bits) => Vector.ConvertToSingle(Vector.ShiftRightArithmetic(Vector.AsVectorInt32(bits << 24), 24));
}

internal readonly struct UnsignedByte : IElementDecoder
{
    public static Vector<float> Widen(Vector<uint> bits) => Vector.ConvertToSingle(Vector.AsVectorInt32(bits));
}
