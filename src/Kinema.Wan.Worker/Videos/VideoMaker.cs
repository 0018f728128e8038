using System.Diagnostics;
using Kinema.Cli.Output;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Wan.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Wan.Worker.Videos;

/// <summary>Makes a video in this process and encodes it.</summary>
internal static class VideoMaker
{
    /// <summary>Key of the settings in the file's metadata.</summary>
    public const string SettingsKey = "wan_settings";

    public static async Task<GeneratedVideo> RunAsync(VideoOrder order, Func<RgbImage, RgbImage?, WanRequest> request, Terminal terminal, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddLogging().AddKinemaMedia().BuildServiceProvider();
        var images = services.GetRequiredService<IImageReader>();
        var wanted = request(Read(images, order.Image, ct), order.LastImage is null ? null : Read(images, order.LastImage, ct));
        return await GenerationBar.RunAsync(terminal, async bar =>
        {
            await using var pipeline = await WanPipeline.LoadAsync(order.Files, order.Model, bar, ct);
            return await MakeAsync(pipeline, wanted, services.GetRequiredService<IVideoEncoder>(), order.Output, bar, ct);
        });
    }

    private static async Task<GeneratedVideo> MakeAsync(
        WanPipeline pipeline, WanRequest request, IVideoEncoder encoder, string output, GenerationBar bar, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        WanStepCacheReport? cached = null;
        var settings = pipeline.Plan(request);
        var format = new VideoFormat(settings.Width, settings.Height, settings.FramesPerSecond, settings.NumFrames);
        var metadata = new Dictionary<string, string> { ["comment"] = "machine-generated", [SettingsKey] = WanReceipt.Write(settings, null).ToJsonString() };
        // The encoder starts with the first frame: it would wait for minutes, and it is killed when it waits.
        await using var frames = pipeline.GenerateAsync(request with { Progress = new Tee(bar, report => cached = report) }, ct).GetAsyncEnumerator(ct);
        if (!await frames.MoveNextAsync())
            throw new UnreachableException("A video has a frame.");

        await using var encoding = encoder.Start(format, output, metadata);
        var (planar, index) = (new byte[format.FrameBytes], 0);
        do
        {
            PlanarFrame.Write(frames.Current, planar);
            await encoding.WriteAsync(planar, ct);
            bar.Frame(++index, format.FrameCount);
        }
        while (await frames.MoveNextAsync());

        await encoding.FinishAsync(ct);
        return new(settings, cached, Stopwatch.GetElapsedTime(started));
    }

    private static RgbImage Read(IImageReader images, string path, CancellationToken ct)
    {
        // The reader needs only the path.
        var image = images.Read(new() { Path = path, Digest = "", ContentType = "", SizeBytes = new FileInfo(path).Length }, ct);
        return new(image.Width, image.Height, image.Pixels);
    }

    /// <summary>Reports to the bar, and keeps what step caching measured.</summary>
    private sealed class Tee(GenerationBar bar, Action<WanStepCacheReport> keep) : IProgress<WanProgress>
    {
        public void Report(WanProgress value)
        {
            if (value.StepCache is { } report)
                keep(report);
            bar.Report(value);
        }
    }
}
