using static TorchSharp.torch;

namespace Kinema.Wan.SelfChecks;

/// <summary>An operation as the models call it, and what it should give.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Limit">The largest relative error that rounding explains.</param>
/// <param name="Remedy">What to set where it is wrong.</param>
/// <param name="Compute">Computes it with libtorch and in float64, the latter's values in row-major order.</param>
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

        // A NaN is no number that a limit can be compared with.
        return double.IsFinite(error) ? Math.Sqrt(error / size) : double.PositiveInfinity;
    }
}
