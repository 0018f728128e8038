using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Takes the nearest layer off a picture: its colour, its matte, and the picture as it would be without it.</summary>
internal static class Peel
{
    /// <param name="picture">8 bit colours at working size.</param>
    /// <param name="mask">8 bit, any size: the layer, hard edged.</param>
    /// <returns>Colour and matte of the layer, and what is behind. Laid over each other at rest they are the picture again.</returns>
    public static (Mat Colour, Mat Matte, Mat Behind) Off(Mat picture, Mat mask, CancellationToken ct)
    {
        var matte = SoftMatte.Of(picture, mask);
        ct.ThrowIfCancellationRequested();
        var behind = BackgroundFill.Behind(picture, matte, ct);
        ct.ThrowIfCancellationRequested();
        var colour = EdgeColours.Split(picture, matte, behind);
        return (colour, matte, behind);
    }
}
