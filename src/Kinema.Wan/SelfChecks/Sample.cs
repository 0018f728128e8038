using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Kinema.Wan.SelfChecks;

/// <summary>Numbers from -1 to 127/128.</summary>
/// <param name="seed">Distinguishes samples of the same shape.</param>
/// <param name="shape">Shape of the tensor.</param>
internal sealed class Sample(int seed, params long[] shape)
{
    private readonly float[] _values = Draw(seed, shape);

    /// <summary>Creates the tensor in the current dispose scope.</summary>
    public Tensor ToTensor(ScalarType type) => tensor(_values).view(shape).to_type(type);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] ToFloat64()
    {
        var values = new double[_values.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = _values[i];
        return values;
    }

    // Scattered multiples of 1/128, which bfloat16 represents exactly, so nothing is rounded. Random would cost a millisecond.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Draw(int seed, long[] shape)
    {
        var count = 1L;
        foreach (var size in shape)
            count *= size;

        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
            values[i] = ((((i + 1) * (40_503 + (seed * 2)) >> 4) & 255) - 128) / 128f;
        return values;
    }
}
