using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Arithmetic;

// This is the one place where numbers are made for libtorch; elsewhere the banned symbols of this project forbid it.
#pragma warning disable RS0030

/// <summary>Operations between tensors and numbers that give a new tensor, and the sum of two tensors, which has a number too: that of times the second is added.</summary>
/// <remarks>
/// TorchSharp does not keep a number alive while libtorch reads it (0.107), and makes some of its own that nobody else can: a garbage collection on
/// another thread frees them in the middle of the operation. Here every number is given and lives until the operation has returned.
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

    /// <summary>x, but at least <paramref name="least"/> and at most <paramref name="most"/>.</summary>
    public static Tensor Clamped(this Tensor x, double least, double most)
    {
        using Scalar minimum = least, maximum = most;
        return x.clamp(minimum, maximum);
    }

    /// <summary>√Σx² along an axis, which stays with length 1.</summary>
    /// <remarks>Not <c>vector_norm</c>: it is the same computation, but its order becomes a number of TorchSharp's own.</remarks>
    public static Tensor NormAlong(this Tensor x, long axis) => linalg.norm(x, 2.0, [axis], keepdim: true);
}
