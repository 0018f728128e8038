using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Takes the nearest layer off a picture: its colour, its matte, and the picture as it would be without it.</summary>
internal static class Peel
{
    /// <param name="picture">8 bit colours at working size.</param>
    /// <param name="mask">8 bit, any size: the layer, hard edged.</param>
    /// <param name="blur">Pixels over which an edge of the picture is spread.</param>
    /// <returns>Colour and matte of the layer, and what is behind. Laid over each other at rest they are the picture again.</returns>
    public static (Mat Colour, Mat Matte, Mat Behind) Off(Mat picture, Mat mask, double blur, CancellationToken ct)
    {
        var matte = SoftMatte.Of(picture, mask, blur, ct);
        ct.ThrowIfCancellationRequested();
        using var hole = BackgroundFill.Hole(matte);
        var behind = BackgroundFill.Behind(picture, hole, ct);
        ct.ThrowIfCancellationRequested();
        var colour = EdgeColours.Split(picture, matte, behind, hole);
        return (colour, matte, behind);
    }
}
