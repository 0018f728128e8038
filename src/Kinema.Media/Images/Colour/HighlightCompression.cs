namespace Kinema.Media.Images.Colour;

/// <summary>
/// Brings the light of an HDR picture into 0 to 1: up to the knee it stays, so that skin and surfaces look as graded; above, highlights of any luminance share
/// what is left. Reference white becomes 250 of 255.
/// </summary>
internal static class HighlightCompression
{
    /// <summary>Reference white goes half way from here to 1, and 0.956 is the light of level 250.</summary>
    private const double Knee = 0.912;

    public static double Apply(double light)
    {
        var above = (light - Knee) / (1 - Knee);
        return above <= 0 ? light : Knee + ((1 - Knee) * above / (1 + above));
    }
}
