using static TorchSharp.torch;

namespace Kinema.Wan.SelfChecks;

/// <summary>An operation as the models call it, and its expected result.</summary>
/// <param name="Name">The name in reports.</param>
/// <param name="Limit">Largest relative error that rounding explains.</param>
/// <param name="Remedy">The environment variable to set if the result is incorrect.</param>
/// <param name="Compute">Computes it with libtorch and in float64; the float64 values are in row-major order.</param>
internal sealed record CheckedOperation(string Name, double Limit, string Remedy, Func<(Tensor Actual, double[] Expected)> Compute)
{
    public WanSelfCheckResult Run()
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        var (actual, expected) = Compute();
        return new(Name, RelativeError(actual.to_type(ScalarType.Float64).contiguous().data<double>().ToArray(), expected), Limit, Remedy);
    }

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
