namespace Kinema.Wan;

/// <summary>A libtorch operation, compared with float64.</summary>
/// <param name="Operation">Its name and compute type: <c>convolution 3×3×3, bfloat16</c>.</param>
/// <param name="RelativeError">Root mean square of the difference, divided by that of the correct result.</param>
/// <param name="Limit">Largest relative error that rounding explains.</param>
/// <param name="Remedy">The environment variable to set before the process starts, if the operation is incorrect.</param>
public sealed record WanSelfCheckResult(string Operation, double RelativeError, double Limit, string Remedy)
{
    /// <summary>Whether the operation is correct on this processor.</summary>
    public bool Passed => RelativeError <= Limit;
}
