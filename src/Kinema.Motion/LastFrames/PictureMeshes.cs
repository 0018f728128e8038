using Kinema.Motion.Rendering;

namespace Kinema.Motion.LastFrames;

/// <summary>One frame out of two pictures: the first one below, the second one above it with an opacity.</summary>
internal sealed class PictureMeshes(int frameWidth, int frameHeight, bool bothFade = false)
{
    public int FrameWidth => frameWidth;

    public int FrameHeight => frameHeight;

    public CoordinateMesh First { get; } = new(frameWidth, frameHeight, bothFade);

    public CoordinateMesh Second { get; } = new(frameWidth, frameHeight, hasOpacity: true);

    public float[] Opacity => Second.Opacity!;

    /// <summary>Something of the first picture is seen.</summary>
    public bool ShowsFirst => Opacity.AsSpan().ContainsAnyExcept(1f);

    /// <summary>Something of the second picture is seen.</summary>
    public bool ShowsSecond => Opacity.AsSpan().ContainsAnyExcept(0f);

    /// <summary>Where a vertex stands, picture heights from the middle of the frame.</summary>
    public (double X, double Y) Place(int column, int row) => (
        ((column * CoordinateMesh.Spacing) - (frameWidth / 2.0)) / frameHeight, ((double)(row * CoordinateMesh.Spacing) / frameHeight) - 0.5);

    /// <summary>From picture heights from the middle to fractions of the sides.</summary>
    public (double X, double Y) ToFractions((double X, double Y) point) => ((point.X * frameHeight / frameWidth) + 0.5, point.Y + 0.5);

    /// <summary>Sets a vertex; what would lie outside a picture is taken from inside, mirrored at the edge.</summary>
    public void Set(int vertex, (double X, double Y) first, (double X, double Y) second, double opacity)
    {
        First.X[vertex] = Mirrored(first.X);
        First.Y[vertex] = Mirrored(first.Y);
        Second.X[vertex] = Mirrored(second.X);
        Second.Y[vertex] = Mirrored(second.Y);
        Opacity[vertex] = (float)Math.Clamp(opacity, 0, 1);
    }

    /// <summary>A place beyond an edge as its mirror image within.</summary>
    public static float Mirrored(double at) => (float)Math.Clamp(at < 0 ? -at : at > 1 ? 2 - at : at, 0, 1);
}
