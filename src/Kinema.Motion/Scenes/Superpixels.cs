using OpenCvSharp;
using OpenCvSharp.XImgProc;

namespace Kinema.Motion.Scenes;

/// <summary>SLIC superpixels: a few hundred regions of similar colour, and their adjacency.</summary>
internal sealed class Superpixels
{
    private const int TargetCount = 420;

    private readonly int _width;
    private readonly int _height;

    private Superpixels(int[] labels, int count, AnalysisImage picture)
    {
        (_width, _height, Labels, Count) = (picture.Width, picture.Height, labels, count);
        Areas = new int[count];
        X = new float[count];
        Y = new float[count];
        SideContact = new int[count];
        BottomContact = new int[count];
        Measure();
        var channels = picture.Lab.Split();
        (L, A, B) = (Mean(channels[0]), Mean(channels[1]), Mean(channels[2]));
        foreach (var channel in channels)
            channel.Dispose();
        Neighbours = FindNeighbours();
    }

    public int Count { get; }

    /// <summary>The region of each pixel, row by row.</summary>
    public int[] Labels { get; }

    public int[] Areas { get; }

    /// <summary>Centre, fraction of the width.</summary>
    public float[] X { get; }

    public float[] Y { get; }

    public float[] L { get; }

    public float[] A { get; }

    public float[] B { get; }

    /// <summary>Pixels on the top, left and right edge of the picture.</summary>
    public int[] SideContact { get; }

    public int[] BottomContact { get; }

    public int[][] Neighbours { get; }

    public double Aspect => (double)_width / _height;

    public static Superpixels Of(AnalysisImage picture)
    {
        var size = Math.Max(4, (int)Math.Sqrt((double)picture.Width * picture.Height / TargetCount));
        using var lab = new Mat();
        Cv2.CvtColor(picture.Colour, lab, ColorConversionCodes.BGR2Lab);
        using var slic = SuperpixelSLIC.Create(lab, SLICType.SLIC, size, 12);
        slic.Iterate(6);
        slic.EnforceLabelConnectivity(20);
        using var found = new Mat();
        slic.GetLabels(found);
        found.GetArray(out int[] labels);
        return new Superpixels(labels, slic.GetNumberOfSuperpixels(), picture);
    }

    /// <summary>Colour difference of two regions, in units of L*a*b*.</summary>
    public float Difference(int one, int other)
    {
        var (l, a, b) = (L[one] - L[other], A[one] - A[other], B[one] - B[other]);
        return MathF.Sqrt((l * l) + (a * a) + (b * b));
    }

    /// <summary>The mean of a 32 bit map over each region.</summary>
    public float[] Mean(Mat map)
    {
        map.GetArray(out float[] values);
        var sums = new float[Count];
        for (var i = 0; i < values.Length; i++)
            sums[Labels[i]] += values[i];
        for (var i = 0; i < Count; i++)
            sums[i] /= Math.Max(1, Areas[i]);
        return sums;
    }

    /// <summary>A 32 bit map in which each region has its value.</summary>
    public Mat Paint(float[] values)
    {
        var pixels = new float[Labels.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = values[Labels[i]];
        var map = new Mat(_height, _width, MatType.CV_32FC1);
        map.SetArray(pixels);
        return map;
    }

    private void Measure()
    {
        for (var y = 0; y < _height; y++)
        {
            for (var x = 0; x < _width; x++)
            {
                var label = Labels[(y * _width) + x];
                Areas[label]++;
                X[label] += (x + 0.5f) / _width;
                Y[label] += (y + 0.5f) / _height;
                if (y == 0 || x == 0 || x == _width - 1)
                    SideContact[label]++;
                else if (y == _height - 1)
                    BottomContact[label]++;
            }
        }

        for (var i = 0; i < Count; i++)
        {
            X[i] /= Math.Max(1, Areas[i]);
            Y[i] /= Math.Max(1, Areas[i]);
        }
    }

    private int[][] FindNeighbours()
    {
        var sets = new HashSet<int>[Count];
        for (var i = 0; i < Count; i++)
            sets[i] = [];
        for (var i = 0; i < Labels.Length; i++)
        {
            if ((i + 1) % _width != 0)
                Join(Labels[i], Labels[i + 1]);
            if (i + _width < Labels.Length)
                Join(Labels[i], Labels[i + _width]);
        }

        return [.. sets.Select(set => set.Order().ToArray())];

        void Join(int one, int other)
        {
            if (one == other)
                return;
            sets[one].Add(other);
            sets[other].Add(one);
        }
    }
}
