using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Local similarity of two grayscale pictures at each pixel: correlation in textured areas, difference of means elsewhere.</summary>
internal sealed record LocalSimilarity(Mat Map, Mat Textured) : IDisposable
{
    private const int Window = 11;
    private const float PlainDeviation = 3;
    private const float PlainDifference = 12;

    public static LocalSimilarity Of(Mat first, Mat second)
    {
        using Mat a = new(), b = new();
        first.ConvertTo(a, MatType.CV_32FC1);
        second.ConvertTo(b, MatType.CV_32FC1);
        using Mat meanA = Mean(a), meanB = Mean(b);
        using Mat varianceA = Covariance(a, a, meanA, meanA), varianceB = Covariance(b, b, meanB, meanB), covariance = Covariance(a, b, meanA, meanB);

        meanA.GetArray(out float[] ma);
        meanB.GetArray(out float[] mb);
        varianceA.GetArray(out float[] va);
        varianceB.GetArray(out float[] vb);
        covariance.GetArray(out float[] c);
        var (map, textured) = (new float[ma.Length], new byte[ma.Length]);
        for (var i = 0; i < map.Length; i++)
        {
            var deviation = MathF.Sqrt(Math.Max(Math.Max(va[i], vb[i]), 0));
            var correlation = c[i] / MathF.Sqrt(Math.Max(va[i] * vb[i], 1));
            var difference = (ma[i] - mb[i]) / PlainDifference;
            var texture = Math.Clamp((deviation / PlainDeviation) - 1, 0, 1);
            map[i] = (Math.Clamp((correlation - 0.2f) / 0.5f, 0, 1) * texture) + (MathF.Exp(-difference * difference) * (1 - texture));
            textured[i] = (byte)(texture >= 1 ? 255 : 0);
        }

        return new(Filled(first.Size(), MatType.CV_32FC1, map), Filled(first.Size(), MatType.CV_8UC1, textured));
    }

    public void Dispose()
    {
        Map.Dispose();
        Textured.Dispose();
    }

    private static Mat Mean(Mat picture)
    {
        var mean = new Mat();
        Cv2.BoxFilter(picture, mean, MatType.CV_32FC1, new Size(Window, Window));
        return mean;
    }

    private static Mat Covariance(Mat a, Mat b, Mat meanA, Mat meanB)
    {
        using Mat product = new(), means = new();
        Cv2.Multiply(a, b, product);
        Cv2.Multiply(meanA, meanB, means);
        var covariance = Mean(product);
        Cv2.Subtract(covariance, means, covariance);
        return covariance;
    }

    private static Mat Filled<T>(Size size, MatType type, T[] values)
        where T : unmanaged
    {
        var mat = new Mat(size, type);
        mat.SetArray(values);
        return mat;
    }
}
