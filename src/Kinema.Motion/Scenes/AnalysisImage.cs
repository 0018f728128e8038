using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>The picture at the reduced size at which the scene analysis works.</summary>
internal sealed class AnalysisImage : IDisposable
{
    private const int LongSide = 448;
    private const int ShortestSide = 32;

    private AnalysisImage(Mat colour)
    {
        Colour = colour;
        Lab = new Mat();
        Grey = new Mat();
        using var floats = new Mat();
        colour.ConvertTo(floats, MatType.CV_32FC3, 1 / 255.0);
        Cv2.CvtColor(floats, Lab, ColorConversionCodes.BGR2Lab);
        Cv2.CvtColor(floats, Grey, ColorConversionCodes.BGR2GRAY);
    }

    /// <summary>8 bit, blue, green, red.</summary>
    public Mat Colour { get; }

    /// <summary>CIE L*a*b*, 32 bit, L from 0 to 100.</summary>
    public Mat Lab { get; }

    /// <summary>32 bit, 0 to 1.</summary>
    public Mat Grey { get; }

    public int Width => Colour.Width;

    public int Height => Colour.Height;

    public static AnalysisImage Of(Mat colour, int longSide = LongSide)
    {
        var scale = Math.Min(1.0, longSide / (double)Math.Max(colour.Width, colour.Height));
        var size = new Size(Along(colour.Width), Along(colour.Height));
        var small = new Mat();
        Cv2.Resize(colour, small, size, interpolation: InterpolationFlags.Area);
        return new AnalysisImage(small);

        int Along(int side) => Math.Max(ShortestSide, (int)Math.Round(side * scale));
    }

    public void Dispose()
    {
        Colour.Dispose();
        Lab.Dispose();
        Grey.Dispose();
    }
}
