using System.Runtime.CompilerServices;

namespace Kinema.Wan.SelfChecks;

/// <summary>Float64 references of the checked operations in plain C#, so that no library is compared with itself. Arrays are row-major.</summary>
internal static class Reference
{
    /// <summary>a: [m, k], b: [n, k] → a·bᵀ: [m, n].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Linear(double[] a, double[] b, int m, int k, int n)
    {
        var result = new double[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var l = 0; l < k; l++)
                    sum += a[(i * k) + l] * b[(j * k) + l];
                result[(i * n) + j] = sum;
            }
        }

        return result;
    }

    /// <summary>One head of softmax(q·kᵀ/√d)·v; q: [tokens, d], k and v: [keys, d] → [tokens, d].</summary>
    public static double[] Attention(double[] q, double[] k, double[] v, int tokens, int keys, int d)
    {
        var weights = Linear(q, k, tokens, d, keys);
        var columns = new double[d * keys];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = v[((i % keys) * d) + (i / keys)];

        for (var row = 0; row < tokens; row++)
        {
            var scores = weights.AsSpan(row * keys, keys);
            var sum = 0.0;
            foreach (ref var score in scores)
                sum += score = Math.Exp(score / Math.Sqrt(d));
            foreach (ref var score in scores)
                score /= sum;
        }

        return Linear(weights, columns, tokens, keys, d);
    }

    /// <summary>x: [n, inputs, t, h, w], weight: [outputs, inputs, kt, kh, kw] → [n, outputs, t', h', w'], with the bias of each output added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Convolution(double[] x, long[] shape, double[] weight, long[] kernel, double[] bias, long[] strides, long[] padding)
    {
        var (batch, inputs, outputs) = (shape[0], kernel[1], kernel[0]);
        var (t, h, w, kt, kh, kw) = (shape[2], shape[3], shape[4], kernel[2], kernel[3], kernel[4]);
        var (ot, oh, ow) = (Out(0), Out(1), Out(2));
        var result = new double[batch * outputs * ot * oh * ow];
        for (var i = 0L; i < result.Length; i++)
        {
            var (column, row, frame) = (i % ow * strides[2], i / ow % oh * strides[1], i / ow / oh % ot * strides[0]);
            var (output, sample) = (i / ow / oh / ot % outputs, i / ow / oh / ot / outputs);
            var sum = bias[output];
            for (var a = 0L; a < kt; a++)
            {
                for (var b = 0L; b < kh; b++)
                {
                    for (var c = 0L; c < kw; c++)
                    {
                        var (z, y, u) = (frame + a - padding[0], row + b - padding[1], column + c - padding[2]);
                        if (z < 0 || z >= t || y < 0 || y >= h || u < 0 || u >= w)
                            continue;
                        for (var input = 0L; input < inputs; input++)
                        {
                            sum += x[(((((((sample * inputs) + input) * t) + z) * h) + y) * w) + u]
                                * weight[(((((((output * inputs) + input) * kt) + a) * kh) + b) * kw) + c];
                        }
                    }
                }
            }

            result[i] = sum;
        }

        return result;

        long Out(int axis) => ((shape[axis + 2] + (2 * padding[axis]) - kernel[axis + 2]) / strides[axis]) + 1;
    }
}
