namespace Kinema.Wan;

/// <summary>One operation of libtorch, compared with float64.</summary>
/// <param name="Operation">Its name, with the type it computed in: <c>convolution 3×3×3, bfloat16</c>.</param>
/// <param name="RelativeError">Root mean square of the difference over that of the right result.</param>
/// <param name="Limit">The largest relative error that rounding explains.</param>
/// <param name="Remedy">What to set before the process starts if it is wrong.</param>
public sealed record WanSelfCheckResult(string Operation, double RelativeError, double Limit, string Remedy)
{
    /// <summary>Whether the operation is right on this processor.</summary>
    public bool Passed => RelativeError <= Limit;
}
