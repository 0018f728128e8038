using Kinema.Motion.Scenes;
using OpenCvSharp;

namespace Kinema.Motion.Trajectories;

/// <summary>Parts of the picture's border that clip a layer. The clipped edge must not become visible.</summary>
internal sealed class LayerBorder
{
    private const int Samples = 128;

    /// <summary>Alpha of 255 above which a layer counts as visible.</summary>
    private const double VisibleAlpha = 12;

    private readonly InverseDepth _depth;
    private readonly bool[]? _left;
    private readonly bool[]? _right;
    private readonly bool[]? _top;
    private readonly bool[]? _bottom;

    public LayerBorder(Layer layer)
    {
        _depth = layer.Depth;
        if (layer.Matte is not { } matte)
            return;
        _left = Edge(matte, new Rect(0, 0, 1, matte.Height));
        _right = Edge(matte, new Rect(matte.Width - 1, 0, 1, matte.Height));
        _top = Edge(matte, new Rect(0, 0, matte.Width, 1));
        _bottom = Edge(matte, new Rect(0, matte.Height - 1, matte.Width, 1));
    }

    public InverseDepth Depth => _depth;

    /// <summary>Whether the layer touches the border anywhere.</summary>
    public bool TouchesBorder => _left is null || _left.Contains(true) || _right!.Contains(true) || _top!.Contains(true) || _bottom!.Contains(true);

    /// <summary>Whether the border clips the layer next to this point outside the picture.</summary>
    public bool IsClippedAt(double x, double y) =>
        _left is null || (x < 0 && At(_left, y)) || (x > 1 && At(_right!, y)) || (y < 0 && At(_top!, x)) || (y > 1 && At(_bottom!, x));

    private static bool At(bool[] edge, double place) => edge[Math.Clamp((int)(place * Samples), 0, Samples - 1)];

    private static bool[] Edge(Mat matte, Rect line)
    {
        using var part = matte.SubMat(line);
        using var small = new Mat();
        Cv2.Resize(part, small, line.Width == 1 ? new Size(1, Samples) : new Size(Samples, 1), interpolation: InterpolationFlags.Area);
        return [.. Enumerable.Range(0, Samples).Select(i => (line.Width == 1 ? small.At<byte>(i, 0) : small.At<byte>(0, i)) > VisibleAlpha)];
    }
}
