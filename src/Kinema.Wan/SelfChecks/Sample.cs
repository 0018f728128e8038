using static TorchSharp.torch;

namespace Kinema.Wan.SelfChecks;

/// <summary>Numbers from -1 to 127/128, as a tensor of the dispose scope at hand and in float64.</summary>
internal sealed class Sample
{
    /// <param name="seed">Tells samples of the same shape apart.</param>
    /// <param name="type">Of the tensor.</param>
    /// <param name="shape">Of the tensor.</param>
    public Sample(int seed, ScalarType type, params long[] shape)
    {
        var count = 1L;
        foreach (var size in shape)
            count *= size;

        // A scattered walk through the multiples of 1/128, which are numbers of bfloat16 too, so that nothing is rounded. Random would cost a millisecond.
        var drawn = new float[count];
        Values = new double[count];
        for (var i = 0; i < drawn.Length; i++)
            Values[i] = drawn[i] = ((((i + 1) * (40_503 + (seed * 2)) >> 4) & 255) - 128) / 128f;

        Tensor = tensor(drawn).view(shape).to_type(type);
    }

    public Tensor Tensor { get; }

    public double[] Values { get; }
}
