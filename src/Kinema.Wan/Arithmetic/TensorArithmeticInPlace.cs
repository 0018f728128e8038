using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Arithmetic;

#pragma warning disable RS0030 // As in TensorArithmetic: numbers created here live as long as libtorch reads them.

/// <summary>The in-place operations of <see cref="TensorArithmetic"/>: they write into the tensor and return it.</summary>
internal static class TensorArithmeticInPlace
{
    /// <summary>x ← x + y.</summary>
    public static Tensor AddInPlace(this Tensor x, Tensor y) => x.AddInPlace(y, 1);

    /// <summary>x ← x + times·y.</summary>
    public static Tensor AddInPlace(this Tensor x, Tensor y, double times)
    {
        using Scalar alpha = times;
        return x.add_(y, alpha);
    }

    /// <summary>x ← x + number.</summary>
    public static Tensor AddInPlace(this Tensor x, double number)
    {
        using Scalar summand = number, alpha = 1;
        return x.add_(summand, alpha);
    }

    /// <summary>x ← x + a·b.</summary>
    public static Tensor AddProductInPlace(this Tensor x, Tensor a, Tensor b)
    {
        using Scalar value = 1;
        return x.addcmul_(a, b, value);
    }

    /// <summary>x ← x − number.</summary>
    public static Tensor SubtractInPlace(this Tensor x, double number)
    {
        using Scalar subtrahend = number;
        return x.sub_(subtrahend);
    }

    /// <summary>x ← x · number.</summary>
    public static Tensor MultiplyInPlace(this Tensor x, double number)
    {
        using Scalar factor = number;
        return x.mul_(factor);
    }

    /// <summary>x ← x / number.</summary>
    public static Tensor DivideInPlace(this Tensor x, double number)
    {
        using Scalar divisor = number;
        return x.div_(divisor);
    }

    /// <summary>x ← x².</summary>
    public static Tensor SquareInPlace(this Tensor x)
    {
        using Scalar two = 2;
        return x.pow_(two);
    }

    /// <summary>x ← x, clamped to [<paramref name="least"/>, <paramref name="most"/>].</summary>
    public static Tensor ClampInPlace(this Tensor x, double least, double most)
    {
        using Scalar minimum = least, maximum = most;
        return x.clamp_(minimum, maximum);
    }

    /// <summary>x ← max(x, <paramref name="least"/>).</summary>
    public static Tensor AtLeastInPlace(this Tensor x, double least)
    {
        using Scalar minimum = least;
        return x.clamp_min_(minimum);
    }

    /// <summary>x ← number, everywhere.</summary>
    public static Tensor FillInPlace(this Tensor x, double number)
    {
        using Scalar value = number;
        return x.fill_(value);
    }
}
