using System.CommandLine;

namespace Kinema.Wan.Worker.Videos;

/// <summary>The options of a video. What is left out takes the model's default; what is out of range is refused by the library, by name.</summary>
internal sealed class VideoSettings
{
    private readonly Option<string> _prompt = new("--prompt") { HelpName = "TEXT", Description = "What happens.", DefaultValueFactory = _ => "" };
    private readonly Option<string?> _negative = new("--negative-prompt") { HelpName = "TEXT", Description = "What must not be there (default: the model's own)." };
    private readonly Option<int?> _width = Number("--width", "Pixels; with --height (default: the picture's shape).");
    private readonly Option<int?> _height = Number("--height", "Pixels; with --width.");
    private readonly Option<int?> _area = Number("--area", "About how many pixels a frame has, where the size follows the picture.");
    private readonly Option<int?> _frames = Number("--frames", "Frames, 4n + 1.");
    private readonly Option<int?> _steps = Number("--steps", "Denoising steps.");
    private readonly Option<double?> _guidance = new("--guidance") { HelpName = "X", Description = "Guidance scale; 1 is none." };
    private readonly Option<double?> _guidance2 = new("--guidance-2") { HelpName = "X", Description = "Guidance scale of the expert for low noise." };
    private readonly Option<double?> _shift = new("--shift") { HelpName = "X", Description = "Flow shift." };
    private readonly Option<string?> _sampler = new("--sampler") { HelpName = "unipc|euler|distilled", Description = "The scheduler." };
    private readonly Option<long> _seed = new("--seed") { HelpName = "N", Description = "Random seed.", DefaultValueFactory = _ => 0 };
    private readonly Option<bool> _stepCache = new("--step-cache") { Description = "Skips steps that change little: faster, slightly different." };

    public VideoSettings() => _sampler.AcceptOnlyFromAmong("unipc", "euler", "distilled");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _prompt, _negative, _width, _height, _area, _frames, _steps, _guidance, _guidance2, _shift, _sampler, _seed, _stepCache })
            command.Add(option);
    }

    /// <summary>Returns a request; its image is still to be set.</summary>
    public Func<RgbImage, RgbImage?, WanRequest> Read(ParseResult parsed) => (image, last) => new()
    {
        Image = image,
        LastImage = last,
        Prompt = parsed.GetValue(_prompt)!,
        NegativePrompt = parsed.GetValue(_negative),
        Width = parsed.GetValue(_width),
        Height = parsed.GetValue(_height),
        MaxArea = parsed.GetValue(_area),
        NumFrames = parsed.GetValue(_frames),
        NumInferenceSteps = parsed.GetValue(_steps),
        GuidanceScale = parsed.GetValue(_guidance),
        GuidanceScale2 = parsed.GetValue(_guidance2),
        FlowShift = parsed.GetValue(_shift),
        Scheduler = parsed.GetValue(_sampler) switch
        {
            "unipc" => WanScheduler.UniPc,
            "euler" => WanScheduler.FlowMatchEuler,
            "distilled" => WanScheduler.Distilled,
            _ => null,
        },
        Seed = parsed.GetValue(_seed),
        StepCache = parsed.GetValue(_stepCache) ? new() : null,
    };

    private static Option<int?> Number(string name, string description) => new(name) { HelpName = "N", Description = description };
}
