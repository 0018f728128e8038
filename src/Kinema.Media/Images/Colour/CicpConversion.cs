namespace Kinema.Media.Images.Colour;

/// <summary>Converts RGB of any primaries and transfer function to sRGB; colours outside its gamut go to its border, HDR highlights are compressed.</summary>
internal sealed class CicpConversion(Cicp cicp) : IPixelConversion
{
    private readonly HalfTable _linear = new(stored => TransferFunction.ToLinear(cicp.Transfer, cicp.IsFullRange ? stored : Expand(stored)));
    private readonly Matrix3 _toSrgb = cicp.Primaries.ToSrgb();

    public (byte Red, byte Green, byte Blue) Convert(Half red, Half green, Half blue)
    {
        var light = new Vector3d(_linear[red], _linear[green], _linear[blue]);
        if (cicp.Transfer == Cicp.Hlg)
            light *= TransferFunction.HlgGain((0.2627 * light.X) + (0.6780 * light.Y) + (0.0593 * light.Z));
        light = _toSrgb * light;
        if (cicp.IsHdr)
        {
            // One factor for all three, so that bright colours keep their hue.
            var brightest = Math.Max(light.X, Math.Max(light.Y, light.Z));
            if (brightest > 0)
                light *= HighlightCompression.Apply(brightest) / brightest;
        }

        return (SrgbEncoding.Encode(light.X), SrgbEncoding.Encode(light.Y), SrgbEncoding.Encode(light.Z));
    }

    /// <remarks>ITU-T H.273, 8.3: 16 to 235 of 8 bits.</remarks>
    private static double Expand(double stored) => Math.Clamp(((stored * 255) - 16) / 219, 0, 1);
}
