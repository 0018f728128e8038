using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Fleets;

/// <summary>
/// What Wan's image-to-video models are asked for, always in full: the servers' own defaults are those of other models, and some keep what an earlier request set.
/// Values: Wan2.2 <c>wan_i2v_A14B.py</c> (boundary 0.900, shift 5, guidance 3.5 and 3.5, 16 fps, 4n+1 frames).
/// </summary>
/// <param name="Request">What is asked for.</param>
/// <param name="Width">Multiple of 16.</param>
/// <param name="Height">Multiple of 16.</param>
/// <param name="NormalSteps">Steps where the request does not say.</param>
/// <param name="Picture">PNG of exactly this size.</param>
/// <param name="LastPicture">PNG of the last frame, or null.</param>
internal sealed record WanVideo(VideoRequest Request, int Width, int Height, int NormalSteps, byte[] Picture, byte[]? LastPicture)
{
    public const int FramesPerSecond = 16;
    public const double Boundary = 0.9;

    private const double NormalGuidance = 3.5;
    private const double NormalShift = 5;
    private const int Multiple = 16;

    public int Frames => (int)(Setting("num_frames") ?? (Request.DurationSeconds * FramesPerSecond) + 1);

    public int Steps => (int)(Setting("num_inference_steps") ?? NormalSteps);

    public double Guidance => Setting("guidance_scale") ?? NormalGuidance;

    /// <summary>Of the expert for low noise.</summary>
    public double Guidance2 => Setting("guidance_scale_2") ?? Guidance;

    public double Shift => Setting("flow_shift") ?? NormalShift;

    public string Prompt => Request.ActualPrompt ?? "";

    public string NegativePrompt => Request.NegativePrompt ?? "";

    /// <summary>Even multiples of 16 next to the resolution's area in the picture's shape.</summary>
    public static (int Width, int Height) SizeOf(MediaInput picture, VideoResolution resolution)
    {
        var (width, height) = VideoFormat.FitArea(picture.Width!.Value, picture.Height!.Value, resolution);
        return (Round(width), Round(height));

        static int Round(int side) => Math.Max(Multiple, (int)Math.Round((double)side / Multiple) * Multiple);
    }

    /// <summary>Settings that a dialect carries; the others are the server's own.</summary>
    public static IReadOnlyList<string> SettingsOf(FleetDialect dialect) => dialect switch
    {
        FleetDialect.LightX2V => ["num_frames", "num_inference_steps"],
        FleetDialect.FastVideo => ["num_frames", "num_inference_steps", "guidance_scale", "guidance_scale_2"],
        _ => ["num_frames", "num_inference_steps", "guidance_scale", "guidance_scale_2", "flow_shift"],
    };

    public JsonObject ModelData(FleetOptions fleet) => new()
    {
        ["fleet"] = fleet.Name,
        ["dialect"] = FleetDialects.NameOf(fleet.Dialect),
        ["steps"] = Steps,
        ["guidance"] = Guidance,
        ["guidance_2"] = Guidance2,
        ["boundary"] = Boundary,
        ["shift"] = Shift,
        ["frames"] = Frames,
        ["frame_rate"] = FramesPerSecond,
        ["seed"] = Request.Seed,
    };

    private double? Setting(string name) => Request.Settings.TryGetValue(name, out var value) ? value.GetDouble() : null;
}
