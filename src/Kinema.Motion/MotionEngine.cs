using System.Runtime.CompilerServices;
using Kinema.Engines;
using Kinema.Motion.Paths;
using Kinema.Motion.Resampling;
using Kinema.Motion.Words;

namespace Kinema.Motion;

/// <summary>Moves a virtual camera over the still picture. No weights, no network, the same frames from the same request on every run.</summary>
internal sealed class MotionEngine(IImageReader reader) : IVideoEngine
{
    private const int FramesPerSecond = 30;

    public EngineDescriptor Descriptor { get; } = new()
    {
        Id = "motion",
        Version = "0.1.0",
        DisplayName = "Motion: camera moves over the still picture, without a neural network",
        MediaRoles = [MediaRole.FirstFrame],
        Resolutions = [VideoResolution.Hd720, VideoResolution.Hd1080],
        MinDurationSeconds = 2,
        MaxDurationSeconds = 15,
    };

    public EngineVerdict Judge(VideoRequest request)
    {
        var verdict = EngineVerdict.ByDescriptor(Descriptor, request);
        return verdict.CanServe && !request.Roles.Contains(MediaRole.FirstFrame)
            ? new(MediaRole.FirstFrame, $"is required: the engine '{Descriptor.Id}' moves over a still picture")
            : verdict;
    }

    public async IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Judge(request).Reason is { } refusal)
            throw new EngineException($"motion cannot serve this request: {refusal}");

        var plan = CameraWords.Read(request.Prompt, request.NegativePrompt);
        var path = CropPath.For(plan, request.DurationSeconds, request.DurationSeconds * FramesPerSecond);
        var (renderer, format) = await Task.Run(() => Prepare(request, path, cancellationToken), cancellationToken).ConfigureAwait(false);
        using (renderer)
        {
            yield return new EngineEvent.Started(format, MotionRecord.Of(Descriptor, plan, path));
            foreach (var note in plan.Notes)
                yield return new EngineEvent.Note(NoteLevel.Warning, note);

            await foreach (var frame in FramesAsync(renderer, format, path, cancellationToken).ConfigureAwait(false))
                yield return frame;
        }
    }

    /// <summary>While the receiver has one frame, the next is made on another thread; two buffers serve the whole video.</summary>
    private static async IAsyncEnumerable<EngineEvent.Frame> FramesAsync(
        FrameRenderer renderer, VideoFormat format, CropPath path, [EnumeratorCancellation] CancellationToken ct)
    {
        byte[][] buffers = [new byte[format.FrameBytes], new byte[path.IsStill ? 0 : format.FrameBytes]];
        var next = RenderAsync(0);
        try
        {
            for (var i = 0; i < format.FrameCount; i++)
            {
                ct.ThrowIfCancellationRequested();
                await next.ConfigureAwait(false);
                if (!path.IsStill && i + 1 < format.FrameCount)
                    next = RenderAsync(i + 1);
                yield return new EngineEvent.Frame(i, buffers[path.IsStill ? 0 : i & 1]);
            }
        }
        finally
        {
            // The planes are freed after this; nobody may still be reading them.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task RenderAsync(int frame) => Task.Run(() => renderer.Render(path.At(frame), buffers[frame & 1]), CancellationToken.None);
    }

    private (FrameRenderer Renderer, VideoFormat Format) Prepare(VideoRequest request, CropPath path, CancellationToken ct)
    {
        var image = reader.Read(request.FirstFrame ?? throw new EngineException("motion was given no picture"), ct);
        var (width, height) = VideoFormat.FitArea(image.Width, image.Height, request.Resolution);
        var format = new VideoFormat(width, height, FramesPerSecond, path.FrameCount);
        var widest = Math.Max(path.Start.Width, path.End.Width);
        return (FrameRenderer.Prepare(image, format, widest, FrameRenderer.FastestKernel, ct), format);
    }
}
