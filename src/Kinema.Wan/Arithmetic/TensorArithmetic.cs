using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Arithmetic;

// Only this folder creates numbers for libtorch; the banned symbols of this project forbid it elsewhere.
#pragma warning disable RS0030

/// <summary>
/// Operations between tensors and numbers that return a new tensor. The sum of two tensors is one of them: it has a number too, the factor of the second.
/// </summary>
/// <remarks>
/// TorchSharp does not keep a number alive while libtorch reads it (0.107), and creates some internally that callers cannot keep alive. A garbage collection
/// on another thread frees them in the middle of the operation. Here every number is explicit and lives until the operation has returned.
/// </remarks>
internal static class TensorArithmetic
{
    /// <summary>0, 1, …, count − 1.</summary>
    public static Tensor CountUp(long count, ScalarType type, Device device)
    {
        using Scalar first = 0L, end = count, step = 1L;
        return arange(first, end, step, type, device);
    }

    /// <summary>x + y.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.Plus(y, 1);

    /// <summary>x + times·y.</summary>
    public static Tensor Plus(this Tensor x, Tensor y, double times)
    {
        using Scalar alpha = times;
        return x.add(y, alpha);
    }

    /// <summary>x · number.</summary>
    public static Tensor Times(this Tensor x, double number)
    {
        using Scalar factor = number;
        return x.mul(factor);
    }

    /// <summary>x / number.</summary>
    public static Tensor Over(this Tensor x, double number)
    {
        using Scalar divisor = number;
        return x.div(divisor);
    }

    /// <summary>number − x.</summary>
    public static Tensor SubtractedFrom(this Tensor x, double number) => x.neg().AddInPlace(number);

    /// <summary>x².</summary>
    public static Tensor Squared(this Tensor x)
    {
        using Scalar two = 2;
        return x.pow(two);
    }

    /// <summary>x, clamped to [<paramref name="least"/>, <paramref name="most"/>].</summary>
    public static Tensor Clamped(this Tensor x, double least, double most)
    {
        using Scalar minimum = least, maximum = most;
        return x.clamp(minimum, maximum);
    }

    /// <summary>L2 norm √Σx² along an axis, which stays with length 1.</summary>
    /// <remarks>Not <c>vector_norm</c>: it is the same computation, but TorchSharp creates a number internally for its order.</remarks>
    public static Tensor NormAlong(this Tensor x, long axis) => linalg.norm(x, 2.0, [axis], keepdim: true);
}
