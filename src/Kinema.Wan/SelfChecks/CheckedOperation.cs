using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Kinema.Wan.SelfChecks;

/// <summary>An operation as the models call it, and its expected result.</summary>
/// <param name="Name">The name in reports.</param>
/// <param name="Limit">Largest relative error that rounding explains.</param>
/// <param name="Remedy">The environment variable to set if the result is incorrect.</param>
/// <param name="Compute">Computes it with libtorch, in the current dispose scope.</param>
/// <param name="Expected">Computes it in float64 without libtorch, in row-major order; any thread may call it.</param>
internal sealed record CheckedOperation(string Name, double Limit, string Remedy, Func<Tensor> Compute, Func<double[]> Expected)
{
    /// <summary>Computes it with libtorch and returns the values in row-major order.</summary>
    public double[] ComputeValues()
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, double>(Compute().to_type(ScalarType.Float64).contiguous().bytes).ToArray();
    }

    public WanSelfCheckResult Compare(double[] actual, double[] expected) => new(Name, RelativeError(actual, expected), Limit, Remedy);

    private static double RelativeError(double[] actual, double[] expected)
    {
        if (actual.Length != expected.Length)
            return double.PositiveInfinity;

        var (error, size) = (0.0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            error += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            size += expected[i] * expected[i];
        }

        // NaN compares false with every limit.
        return double.IsFinite(error) ? Math.Sqrt(error / size) : double.PositiveInfinity;
    }
}
