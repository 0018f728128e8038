namespace Kinema.Motion.FirstLastFrame;

/// <summary>How far a picture's own pixels reach to each side from the middle of the frame that it fills, in heights of the frame.</summary>
internal readonly record struct PictureExtent(double Left, double Right, double Top, double Bottom)
{
    /// <summary>Of a picture that ends where the frame ends.</summary>
    public static PictureExtent Of(double aspect) => new(aspect / 2, aspect / 2, 0.5, 0.5);

    public PictureExtent Expanded(double margin) => new(Left + margin, Right + margin, Top + margin, Bottom + margin);

    /// <summary>How far within the picture a point lies; below zero outside.</summary>
    public double SignedDistance((double X, double Y) point) =>
        Math.Min(Math.Min(point.X + Left, Right - point.X), Math.Min(point.Y + Top, Bottom - point.Y));

    /// <summary>
    /// A point moved by a way of its own, but never more than half of what it has to the picture's edge: near an edge what would come from beyond it is a
    /// little wider instead.
    /// </summary>
    public (double X, double Y) ClampTowardsEdge((double X, double Y) point, (double X, double Y) moved) => (
        Math.Clamp(moved.X, point.X - Half(point.X + Left), point.X + Half(Right - point.X)),
        Math.Clamp(moved.Y, point.Y - Half(point.Y + Top), point.Y + Half(Bottom - point.Y)));

    private static double Half(double room) => Math.Max(0, room) / 2;
}
