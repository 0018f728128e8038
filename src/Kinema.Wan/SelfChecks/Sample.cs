using static TorchSharp.torch;

namespace Kinema.Wan.SelfChecks;

/// <summary>Numbers from -1 to 127/128, as a tensor in the current dispose scope and in float64.</summary>
internal sealed class Sample
{
    /// <param name="seed">Distinguishes samples of the same shape.</param>
    /// <param name="type">Type of the tensor.</param>
    /// <param name="shape">Shape of the tensor.</param>
    public Sample(int seed, ScalarType type, params long[] shape)
    {
        var count = 1L;
        foreach (var size in shape)
            count *= size;

        // Scattered multiples of 1/128, which bfloat16 represents exactly, so nothing is rounded. Random would cost a millisecond.
        var drawn = new float[count];
        Values = new double[count];
        for (var i = 0; i < drawn.Length; i++)
            Values[i] = drawn[i] = ((((i + 1) * (40_503 + (seed * 2)) >> 4) & 255) - 128) / 128f;

        Tensor = tensor(drawn).view(shape).to_type(type);
    }

    public Tensor Tensor { get; }

    public double[] Values { get; }
}
