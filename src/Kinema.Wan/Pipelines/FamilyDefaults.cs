using Kinema.Wan.Images;

namespace Kinema.Wan.Pipelines;

/// <summary>Default settings of a model family, from <c>wan/configs</c> of Wan-Video/Wan2.1 and Wan2.2.</summary>
/// <param name="NumInferenceSteps">Number of denoising steps.</param>
/// <param name="FlowShift">Flow shift, if the checkpoint's scheduler config has none.</param>
/// <param name="GuidanceScale">Guidance scale.</param>
/// <param name="NumFrames">Number of frames.</param>
/// <param name="FramesPerSecond">Frame rate.</param>
/// <param name="MaxArea">Pixels per frame.</param>
internal sealed record FamilyDefaults(int NumInferenceSteps, double FlowShift, double GuidanceScale, int NumFrames, int FramesPerSecond, int MaxArea)
{
    /// <summary>Pixels per frame between 480 × 832 and 720 × 1280, at their geometric mean. Smaller videos count as 480p.</summary>
    public const int MinPixelsAbove480p = 606_000;

    private const string Prefix21 = "镜头晃动，", PrefixFirstLast = "镜头切换，";

    /// <summary>The reference's negative prompt (<c>sample_neg_prompt</c>).</summary>
    private const string DefaultNegativePrompt =
        "色调艳丽，过曝，静态，细节模糊不清，字幕，风格，作品，画作，画面，静止，整体发灰，最差质量，低质量，JPEG压缩残留，丑陋的，残缺的，多余的手指，画得不好的手部，"
        + "画得不好的脸部，畸形的，毁容的，形态畸形的肢体，手指融合，静止不动的画面，杂乱的背景，三条腿，背景人很多，倒着走";

    /// <summary>The negative prompt for classifier-free guidance.</summary>
    public string NegativePrompt { get; private init; } = DefaultNegativePrompt;

    /// <summary>Returns the flow shift for a frame size. Wan recommends 3 for image-to-video at 480p.</summary>
    public double FlowShiftFor(ImageSize size) => (long)size.Width * size.Height < MinPixelsAbove480p ? FlowShiftAt480p ?? FlowShift : FlowShift;

    private double? FlowShiftAt480p { get; init; }

    public static FamilyDefaults Of(WanFamily family) => family switch
    {
        WanFamily.Wan21ImageToVideo => new(40, 5, 5, 81, 16, 480 * 832) { NegativePrompt = Prefix21 + DefaultNegativePrompt, FlowShiftAt480p = 3 },
        WanFamily.Wan21FirstLastFrame => new(50, 16, 5.5, 81, 16, 720 * 1280) { NegativePrompt = PrefixFirstLast + DefaultNegativePrompt },
        WanFamily.Wan22ImageToVideo => new(40, 5, 3.5, 81, 16, 480 * 832) { FlowShiftAt480p = 3 },
        WanFamily.Wan22TextImageToVideo => new(50, 5, 5, 121, 24, 704 * 1280),
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "There is no such family."),
    };
}
