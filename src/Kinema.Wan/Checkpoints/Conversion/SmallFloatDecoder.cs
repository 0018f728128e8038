using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kinema.Wan.Checkpoints.Conversion;

/// <summary>Decodes floats of fewer than 32 bits: shifts their fields to float32's positions and replaces the exponent bias.</summary>
/// <remarks>
/// IEEE 754-2019, 3.4, and for 8 bits Micikevicius et al. 2022, table 1. Every such number is a float32, so nothing is rounded. Subnormals are read with the
/// smallest normal exponent, and the leading one that they lack is subtracted again. This avoids subnormal arithmetic, which is slow and which programs may
/// have disabled.
/// </remarks>
internal static class SmallFloatDecoder
{
    private const int Mantissa = 23, Bias = 127, Largest = 255;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Widen(Vector<uint> bits, int exponentBits, int mantissaBits, bool hasInfinity)
    {
        var bias = (1 << (exponentBits - 1)) - 1;
        var largest = (1 << exponentBits) - 1;
        var one = new Vector<uint>(1u << Mantissa);
        var shift = new Vector<uint>((uint)(Bias - bias) << Mantissa);
        var signBit = exponentBits + mantissaBits;

        var size = (bits & new Vector<uint>((1u << signBit) - 1)) << (Mantissa - mantissaBits);
        var sign = (bits & new Vector<uint>(1u << signBit)) << (31 - signBit);
        var subnormal = Vector.LessThan(size, one);
        var leading = Vector.AsVectorSingle(subnormal & (shift + one));
        var value = Vector.AsVectorUInt32(Vector.AsVectorSingle(size + shift + (subnormal & one)) - leading);

        var special = hasInfinity
            ? Vector.GreaterThanOrEqual(size, new Vector<uint>((uint)largest << Mantissa))
            : Vector.Equals(size, new Vector<uint>(((1u << signBit) - 1) << (Mantissa - mantissaBits)));
        return Vector.AsVectorSingle(value | sign | (special & new Vector<uint>((uint)Largest << Mantissa)));
    }
}
