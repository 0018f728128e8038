using Kinema.Wan.Pipelines;

namespace Kinema.Wan.StepCaching;

/// <summary>The magnitude ratios that MagCache's authors measured for Wan's image-to-video models, with guidance, in the conditional pass.</summary>
/// <remarks>
/// Zehong-Ma/MagCache, <c>MagCache4Wan2.1</c> and <c>MagCache4Wan2.2/magcache_generate.py</c> (Apache-2.0). The ratios of the unconditional pass differ from
/// the third decimal on in the first steps, which are always computed, and from the fourth in the others.
/// </remarks>
internal static class PublishedMagRatios
{
    public static MagRatioCurve Wan21At480 { get; } = new(
        "Wan2.1-I2V-14B-480P", 3,
        0.98783, 0.97559, 0.98311, 0.98202, 0.9888, 0.98762, 0.98957, 0.99052, 0.99383, 0.98857, 0.99065, 0.98845, 0.99057, 0.98957, 0.98601, 0.98823,
        0.98756, 0.98808, 0.98721, 0.98571, 0.98543, 0.98157, 0.98411, 0.97952, 0.98149, 0.9774, 0.97825, 0.97355, 0.97085, 0.97056, 0.96588, 0.96113,
        0.9567, 0.94961, 0.93973, 0.93217, 0.91878, 0.90955, 0.92617);

    public static MagRatioCurve Wan21At720 { get; } = new(
        "Wan2.1-I2V-14B-720P", 5,
        0.99428, 0.98588, 0.98273, 0.99018, 0.98911, 0.98646, 0.99454, 0.9891, 0.99124, 0.99102, 0.99215, 0.99515, 0.99576, 0.99068, 0.99097, 0.99166,
        0.99041, 0.99201, 0.99101, 0.98599, 0.98845, 0.98848, 0.98862, 0.98718, 0.98497, 0.98264, 0.98389, 0.97938, 0.97535, 0.97498, 0.973, 0.96827,
        0.96261, 0.95335, 0.94649, 0.93397, 0.91636, 0.89088, 0.8679);

    /// <summary>The fifteenth ratio is that of the low-noise to the high-noise transformer.</summary>
    public static MagRatioCurve Wan22A14B { get; } = new(
        "Wan2.2-I2V-A14B", 5,
        0.99191, 0.99356, 0.99326, 0.99251, 0.99393, 0.9943, 0.99276, 0.99389, 0.99274, 0.99316, 0.99379, 0.99268, 0.99222, 0.99175, 0.91076, 0.98931,
        0.99087, 0.98852, 0.98895, 0.98806, 0.9871, 0.98613, 0.98434, 0.983, 0.98185, 0.98131, 0.9783, 0.97619, 0.97264, 0.97088, 0.96568, 0.96045,
        0.95322, 0.94579, 0.93297, 0.91699, 0.89174, 0.8541, 0.79823);

    public static MagRatioCurve Wan22Ti2V5B { get; } = new(
        "Wan2.2-TI2V-5B", 5,
        0.99512, 0.99559, 0.99595, 0.99512, 0.99546, 0.99543, 0.99496, 0.99504, 0.99444, 0.99481, 0.99435, 0.9943, 0.99411, 0.99373, 0.99413, 0.99363,
        0.99335, 0.99244, 0.99229, 0.99239, 0.99163, 0.99149, 0.99191, 0.9898, 0.9899, 0.98849, 0.98846, 0.98861, 0.9874, 0.98588, 0.98539, 0.98444,
        0.9831, 0.98119, 0.98001, 0.97862, 0.97555, 0.97392, 0.97152, 0.96871, 0.96435, 0.96129, 0.95639, 0.95176, 0.94446, 0.93972, 0.93575, 0.93537,
        0.96655);

    /// <summary>Returns the nearest published ratios. None exist for FLF2V-14B, which was trained from I2V-14B.</summary>
    public static MagRatioCurve For(WanFamily family, int width, int height) => family switch
    {
        WanFamily.Wan21ImageToVideo => width * height < FamilyDefaults.MinPixelsAbove480p ? Wan21At480 : Wan21At720,
        WanFamily.Wan21FirstLastFrame => Wan21At720,
        WanFamily.Wan22ImageToVideo => Wan22A14B,
        WanFamily.Wan22TextImageToVideo => Wan22Ti2V5B,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "There is no such family."),
    };
}
