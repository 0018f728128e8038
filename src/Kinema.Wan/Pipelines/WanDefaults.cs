using Kinema.Wan.Pipelines;

namespace Kinema.Wan;

/// <summary>The settings that a model family takes where a request leaves them out. A checkpoint's scheduler config may have another flow shift.</summary>
/// <param name="NumInferenceSteps">Number of denoising steps.</param>
/// <param name="FlowShift">Flow shift at the default size.</param>
/// <param name="GuidanceScale">Guidance scale.</param>
/// <param name="NumFrames">Number of frames; the models were trained for no more.</param>
/// <param name="FramesPerSecond">Frame rate.</param>
/// <param name="MaxArea">Pixels per frame.</param>
public sealed record WanDefaults(int NumInferenceSteps, double FlowShift, double GuidanceScale, int NumFrames, int FramesPerSecond, int MaxArea)
{
    /// <summary>Returns the defaults of a family.</summary>
    public static WanDefaults Of(WanFamily family)
    {
        var defaults = FamilyDefaults.Of(family);
        return new(
            defaults.NumInferenceSteps, defaults.FlowShiftFor(new(defaults.MaxArea, 1)),
            defaults.GuidanceScale, defaults.NumFrames, defaults.FramesPerSecond, defaults.MaxArea);
    }
}
