using System.Buffers.Binary;

namespace Kinema.Media.Images.Colour;

/// <summary>One-dimensional curves of ICC profiles.</summary>
/// <remarks>ICC.1:2022, 10.6 (curv) and 10.18 (para).</remarks>
internal static class ToneCurve
{
    /// <returns>Null if the tag holds no curve.</returns>
    public static Func<double, double>? Parse(ReadOnlySpan<byte> tag)
    {
        if (tag.Length < 12)
            return null;
        return tag.StartsWith("curv"u8) ? Sampled(tag) : tag.StartsWith("para"u8) ? Parametric(tag) : null;
    }

    private static Func<double, double>? Sampled(ReadOnlySpan<byte> tag)
    {
        var count = BinaryPrimitives.ReadUInt32BigEndian(tag[8..]);
        var body = tag[12..];
        if (body.Length / 2 < count)
            return null;
        if (count == 0)
            return value => value;
        if (count == 1)
        {
            var gamma = BinaryPrimitives.ReadUInt16BigEndian(body) / 256.0;
            return value => Math.Pow(value, gamma);
        }

        var samples = new double[count];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadUInt16BigEndian(body[(i * 2)..]) / 65535.0;
        return value => Interpolate(samples, value);
    }

    private static double Interpolate(double[] samples, double value)
    {
        var place = Math.Clamp(value, 0, 1) * (samples.Length - 1);
        var below = Math.Min((int)place, samples.Length - 2);
        return samples[below] + ((samples[below + 1] - samples[below]) * (place - below));
    }

    private static Func<double, double>? Parametric(ReadOnlySpan<byte> tag)
    {
        var kind = BinaryPrimitives.ReadUInt16BigEndian(tag[8..]);
        ReadOnlySpan<int> counts = [1, 3, 4, 5, 7];
        if (kind >= counts.Length || tag.Length < 12 + (counts[kind] * 4))
            return null;

        var p = new double[counts[kind]];
        for (var i = 0; i < p.Length; i++)
            p[i] = BinaryPrimitives.ReadInt32BigEndian(tag[(12 + (i * 4))..]) / 65536.0;
        return kind switch
        {
            0 => x => Math.Pow(x, p[0]),
            1 => x => x >= -p[2] / p[1] ? Power(x) : 0,
            2 => x => x >= -p[2] / p[1] ? Power(x) + p[3] : p[3],
            3 => x => x >= p[4] ? Power(x) : p[3] * x,
            _ => x => x >= p[4] ? Power(x) + p[5] : (p[3] * x) + p[6],
        };

        double Power(double x) => Math.Pow(Math.Max((p[1] * x) + p[2], 0), p[0]);
    }
}
