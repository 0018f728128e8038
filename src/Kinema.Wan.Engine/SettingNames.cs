namespace Kinema.Wan.Engine;

/// <summary>The engine settings of a request that this engine reads, by their names in the manifests of <c>wan-video</c>.</summary>
internal static class SettingNames
{
    public const string Steps = "num_inference_steps";
    public const string Guidance = "guidance_scale";
    public const string Guidance2 = "guidance_scale_2";
    public const string Shift = "flow_shift";
    public const string Frames = "num_frames";
    public const string Scheduler = "scheduler";
    public const string Loras = "loras";

    public static IReadOnlyList<string> For(WanFamily family) =>
        family == WanFamily.Wan22ImageToVideo ? [Steps, Guidance, Guidance2, Shift, Frames, Scheduler, Loras] : [Steps, Guidance, Shift, Frames, Scheduler, Loras];
}
