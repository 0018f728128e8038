using System.Diagnostics;
using Kinema.Wan.Worker.Videos;

namespace Kinema.Wan.Worker.Checks;

/// <summary>Makes a short video and measures its phases.</summary>
internal static class SpeedCheck
{
    private const int Width = 64, Height = 48;

    public static async Task<SpeedResult> RunAsync(WanFiles files, WanOptions options, int area, int frames, int steps, GenerationBar bar, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        await using var pipeline = await WanPipeline.LoadAsync(files, options, bar, ct);
        var loaded = Stopwatch.GetElapsedTime(started);
        var whole = new WanRequest { Image = Gradient(), LastImage = pipeline.Family == WanFamily.Wan21FirstLastFrame ? Gradient() : null, Prompt = "A slow push in." };
        var small = whole with { MaxArea = area, NumFrames = frames, NumInferenceSteps = steps };

        var clock = new PhaseClock(bar);
        await foreach (var _ in pipeline.GenerateAsync(small with { Progress = clock }, ct))
        {
            // Only their time counts.
        }

        var (settings, defaults) = (pipeline.Plan(small), pipeline.Plan(whole));
        var (encode, step, decode) = clock.Finish();
        var operations = pipeline.CountStepOperations(small) / step;
        var pixels = Pixels(defaults) / Pixels(settings);
        return new()
        {
            Settings = settings,
            LoadSeconds = loaded.TotalSeconds,
            EncodeSeconds = encode,
            StepSeconds = step,
            DecodeSeconds = decode,
            OperationsPerSecond = operations,
            DefaultSettings = defaults,
            ExpectedSeconds = (defaults.NumInferenceSteps * pipeline.CountStepOperations(whole) / operations) + ((encode + decode) * pixels),
        };
    }

    private static double Pixels(WanSettings settings) => (double)settings.Width * settings.Height * settings.NumFrames;

    private static RgbImage Gradient()
    {
        var pixels = new byte[Width * Height * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i / 3 % Width * 3);
        return new(Width, Height, pixels);
    }
}
