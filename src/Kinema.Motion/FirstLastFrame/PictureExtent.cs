namespace Kinema.Motion.FirstLastFrame;

/// <summary>Distance from the middle of the frame to each edge of a picture's own pixels, in frame heights.</summary>
internal readonly record struct PictureExtent(double Left, double Right, double Top, double Bottom)
{
    /// <summary>Extent of a picture that exactly fills the frame.</summary>
    public static PictureExtent Of(double aspect) => new(aspect / 2, aspect / 2, 0.5, 0.5);

    public PictureExtent Expanded(double margin) => new(Left + margin, Right + margin, Top + margin, Bottom + margin);

    /// <summary>Signed distance to the nearest edge: positive inside the picture, negative outside.</summary>
    public double SignedDistance((double X, double Y) point) =>
        Math.Min(Math.Min(point.X + Left, Right - point.X), Math.Min(point.Y + Top, Bottom - point.Y));

    /// <summary>
    /// Limits an object's displacement to half the distance to the picture's edge. Content near an edge then stretches a little instead of showing what lies
    /// beyond it.
    /// </summary>
    public (double X, double Y) ClampTowardsEdge((double X, double Y) point, (double X, double Y) moved) => (
        Math.Clamp(moved.X, point.X - Half(point.X + Left), point.X + Half(Right - point.X)),
        Math.Clamp(moved.Y, point.Y - Half(point.Y + Top), point.Y + Half(Bottom - point.Y)));

    private static double Half(double room) => Math.Max(0, room) / 2;
}
