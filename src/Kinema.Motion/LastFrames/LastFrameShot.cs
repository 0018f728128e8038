using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Motion.Rendering;
using Kinema.Motion.Shots;

namespace Kinema.Motion.LastFrames;

/// <summary>Frames from one picture to another: two layers, each with its mesh.</summary>
internal sealed class LastFrameShot : IShot
{
    private readonly LayerSource _first;
    private readonly LayerSource _last;
    private readonly CoverCrop _firstCrop;
    private readonly CoverCrop _lastCrop;
    private readonly ITransition _transition;
    private readonly FrameCompositor _compositor;
    private readonly PictureMeshes _meshes;

    private LastFrameShot(VideoFormat format, LayerSource first, LayerSource last, CoverCrop firstCrop, CoverCrop lastCrop, ITransition transition)
    {
        (Format, _first, _last, _firstCrop, _lastCrop, _transition) = (format, first, last, firstCrop, lastCrop, transition);
        (_compositor, _meshes) = (new(format), new(format.Width, format.Height));
    }

    public VideoFormat Format { get; }

    public required JsonObject Record { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public static LastFrameShot Prepare(
        VideoFormat format, FramedPicture first, FramedPicture last, ITransition transition,
        JsonObject record, IReadOnlyList<string> notes, CancellationToken ct)
    {
        var firstSource = LayerSource.Prepare(first.Pixels, null, format, 1, ct);
        try
        {
            var lastSource = LayerSource.Prepare(last.Pixels, null, format, 1, ct);
            return new(format, firstSource, lastSource, first.Crop, last.Crop, transition) { Record = record, Notes = notes };
        }
        catch
        {
            firstSource.Dispose();
            throw;
        }
    }

    public ValueTask RenderAsync(int frame, Memory<byte> pixels, CancellationToken ct)
    {
        _transition.Draw((double)frame / (Format.FrameCount - 1), _meshes);
        _firstCrop.Place(_meshes.First);
        _lastCrop.Place(_meshes.Second);
        var (below, above) = (new MeshedLayer(_first, _meshes.First), new MeshedLayer(_last, _meshes.Second));
        if (!_meshes.ShowsSecond)
            _compositor.Render([below], pixels.Span);
        else
            _compositor.Render([below, above], pixels.Span);
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        _first.Dispose();
        _last.Dispose();
    }
}
