using Kinema.Wan;
using Kinema.Wan.Images;
using Kinema.Wan.Pipelines;
using Kinema.Wan.Pipelines.Offloading;
using Kinema.Wan.Schedulers;
using Kinema.Wan.StepCaching;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>
/// Measures savings and errors of step caching. First the plans for the real models, which need no weights. Then runs of a checkpoint from the same noise
/// with and without it: the error of latents and frames, and the time if every step were as fast as the fastest of its kind, so that other load on the machine
/// hardly matters.
/// </summary>
internal static class StepCacheBenchmark
{
    private const string Variable = "KINEMA_WAN_FIXTURES";
    private const int Steps = 30, Side = 128, Frames = 9;

    private static readonly WanStepCache[] _options =
    [
        new() { Threshold = 0 }, new(), new() { Threshold = 0.12, MaxSkipSteps = 4 }, new() { Threshold = 0.24, MaxSkipSteps = 6 },
    ];

    public static async Task RunAsync(TextWriter report)
    {
        await PlansAsync(report);
        torch.set_num_threads(1);
        await report.WriteLineAsync($"\n| {Steps} steps, {Side} × {Side} × {Frames} | threshold, skips | skipped | estimated | measured | latents, RMS | frames, PSNR | time |");
        await report.WriteLineAsync("|---|---|---:|---:|---:|---:|---:|---:|");
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(FindFixtures(), "checkpoints")).Order(StringComparer.Ordinal))
        {
            if (Directory.Exists(Path.Combine(folder, "vae")))
                await MeasureAsync(report, folder);
        }
    }

    private static async Task PlansAsync(TextWriter report)
    {
        await report.WriteLineAsync("| skipped of the steps | steps | shift | 0.06, 2 | 0.12, 4 | 0.24, 6 |");
        await report.WriteLineAsync("|---|---:|---:|---:|---:|---:|");
        foreach (var (family, width, height, shifts) in new (WanFamily, int, int, double[])[]
        {
            (WanFamily.Wan22ImageToVideo, 832, 480, [3, 5]), (WanFamily.Wan22TextImageToVideo, 1280, 704, [5]),
            (WanFamily.Wan21ImageToVideo, 832, 480, [3, 5]), (WanFamily.Wan21ImageToVideo, 1280, 720, [5]), (WanFamily.Wan21FirstLastFrame, 1280, 720, [16]),
        })
        {
            var (curve, steps) = (PublishedMagRatios.For(family, width, height), FamilyDefaults.Of(family).NumInferenceSteps);
            foreach (var shift in shifts)
            {
                var boundary = family == WanFamily.Wan22ImageToVideo ? 0.9 : (double?)null;
                var skipped = _options[1..].Select(options => StepPlan.Of(SigmaSchedule.UniPc(steps, shift), boundary, curve, options).Count(step => step.IsSkipped));
                await report.WriteLineAsync($"| {family}, by {curve.Name} | {steps} | {shift} | {string.Join(" | ", skipped)} |");
            }
        }
    }

    private static async Task MeasureAsync(TextWriter report, string folder)
    {
        using var scope = torch.NewDisposeScope();
        var checkpoint = CheckpointFolder.Read(folder);
        using var parts = new ComponentCache(checkpoint, torch.CPU, torch.float32, new(), NullLogger.Instance, new FreeMemory());
        var plain = Plan(checkpoint, null);
        var (exact, _, times) = Sample(checkpoint, parts, plain);
        var slow = Steps * times.Min();
        var exactFrames = Decode(checkpoint, parts, plain, exact);
        foreach (var options in _options)
        {
            var (latents, cached, steps) = Sample(checkpoint, parts, Plan(checkpoint, options));
            var time = cached!.Steps.Zip(steps).GroupBy(step => step.First.IsSkipped, step => step.Second).Sum(kind => kind.Count() * kind.Min());
            var frames = Decode(checkpoint, parts, plain, latents);
            var error = ((latents - exact).square().mean() / exact.square().mean()).sqrt().item<float>();
            var noise = (frames - exactFrames).square().mean().item<float>();
            await report.WriteLineAsync(
                $"| {Path.GetFileName(folder)} | {options.Threshold}, {options.MaxSkipSteps} | {cached.SkippedSteps.Count()} | {cached.EstimatedError:F3} | {cached.MeasuredError:F3} "
                + $"| {error:P1} | {(noise == 0 ? "equal" : $"{10 * Math.Log10(4 / noise):F1} dB")} | {time / slow:P0} |");
        }
    }

    private static WanSettings Plan(Checkpoint checkpoint, WanStepCache? options)
    {
        var planner = new SettingsPlanner(checkpoint, LoadedModel.Describe(checkpoint, new(), torch.CPU, torch.ScalarType.Float32, WanResident.Widened, 1), new());
        return planner.Plan(new()
        {
            Image = Picture(),
            LastImage = checkpoint.Family == WanFamily.Wan21FirstLastFrame ? Picture() : null,
            Width = Side,
            Height = Side,
            NumFrames = Frames,
            NumInferenceSteps = Steps,
            StepCache = options,
        });
    }

    private static (torch.Tensor Latents, WanStepCacheReport? Report, IReadOnlyList<double> Seconds) Sample(Checkpoint checkpoint, ComponentCache parts, WanSettings settings)
    {
        var ends = new List<(WanStepCacheReport? Report, TimeSpan At)>();
        var generation = new Generation(checkpoint, parts, settings, new() { Progress = Note });
        var last = checkpoint.Family == WanFamily.Wan21FirstLastFrame;
        var pixels = VideoPixels.FromImage(Picture());
        using var input = new GenerationInput
        {
            Prompt = [5, 9, 3, 1],
            NegativePrompt = settings.IsGuided ? [7, 1] : null,
            First = pixels,
            Last = last ? pixels.flip(3) : null,
            ClipPixels = checkpoint.ClipPixels is { } clip ? Twice(clip.Apply(Picture()), last) : null,
        };
        using var conditions = generation.EncodeConditions(input, CancellationToken.None);
        using var noise = generation.InitialNoise();
        ends.Add((null, Environment.CpuUsage.TotalTime));
        var latents = generation.Denoise(noise, conditions, CancellationToken.None);
        return (latents, ends[^1].Report, [.. ends.Skip(1).Zip(ends, (end, start) => (end.At - start.At).TotalSeconds)]);

        void Note(WanProgress progress)
        {
            if (progress is { Phase: WanPhase.Denoise, Block: 0 })
                ends.Add((progress.StepCache, Environment.CpuUsage.TotalTime));
        }
    }

    private static torch.Tensor Decode(Checkpoint checkpoint, ComponentCache parts, WanSettings settings, torch.Tensor latents)
        => torch.cat([.. new Generation(checkpoint, parts, settings, new()).Decode(latents, CancellationToken.None)], 2);

    private static torch.Tensor Twice(torch.Tensor pixels, bool twice) => twice ? torch.cat([pixels, pixels], 0) : pixels;

    /// <summary>A gradient with stripes.</summary>
    private static RgbImage Picture()
    {
        var pixels = new byte[Side * Side * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)((i / 3 % Side) + (i / (3 * Side) % 7 * 15) + (i % 3 * 9));
        return new(Side, Side, pixels);
    }

    /// <summary>Fixtures that are named, else the small checkpoint beside the tests.</summary>
    public static string FindFixtures()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kinema.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException($"Outside of the repository {Variable} must name a folder of fixtures.");
        return Path.Combine(folder.FullName, "tests", "Kinema.Wan.Tests", "Fixtures", "tiny");
    }
}
