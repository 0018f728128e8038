using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Motion.Rendering;
using Kinema.Motion.Shots;
using Kinema.Motion.Sounds;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Frames from one picture to another: two layers, each with its mesh.</summary>
internal sealed class LastFrameShot : IShot
{
    private readonly LayerSource _first;
    private readonly LayerSource _last;
    private readonly MovingObjectLayers? _figures;
    private readonly CenterCrop _firstCrop;
    private readonly CenterCrop _lastCrop;
    private readonly ITransition _transition;
    private readonly FrameCompositor _compositor;
    private readonly TransitionMeshes _meshes;

    private LastFrameShot(
        VideoFormat format, LayerSource first, LayerSource last, MovingObjectLayers? figures, CenterCrop firstCrop, CenterCrop lastCrop, ITransition transition)
    {
        (Format, _first, _last, _figures, _firstCrop, _lastCrop, _transition) = (format, first, last, figures, firstCrop, lastCrop, transition);
        (_compositor, _meshes) = (new(format), new(format.Width, format.Height));
    }

    public VideoFormat Format { get; }

    public required JsonObject Record { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required SoundPace Pace { get; init; }

    public Soundtrack? Soundtrack => Pace.Soundtrack;

    public long CellsFromOutside => _compositor.CellsFromOutside;

    /// <param name="figures">Is the shot's from now on; null where nothing is lifted off the pictures.</param>
    public static LastFrameShot Prepare(
        VideoFormat format, FramedPicture first, FramedPicture last, MovingObjectLayers? figures, ITransition transition,
        SoundPace pace, JsonObject record, IReadOnlyList<string> notes, CancellationToken ct)
    {
        List<LayerSource> sources = [];
        try
        {
            sources.Add(first.Layer(null, format, ct));
            sources.Add(last.Layer(null, format, ct));
            return new(format, sources[0], sources[1], figures, first.Crop, last.Crop, transition) { Record = record, Notes = notes, Pace = pace };
        }
        catch
        {
            sources.ForEach(source => source.Dispose());
            figures?.Dispose();
            throw;
        }
    }

    public ValueTask RenderAsync(int frame, Memory<byte> pixels, CancellationToken ct)
    {
        var time = Pace.At(frame) / (Format.FrameCount - 1);
        _transition.Draw(time, _meshes);
        _firstCrop.Place(_meshes.First);
        _lastCrop.Place(_meshes.Second);
        if (_figures is not null && frame > 0 && frame < Format.FrameCount - 1)
        {
            var (first, second) = _figures.At(time);
            _compositor.Render([new(_figures.FirstPlate, _meshes.First), new(_figures.SecondPlate, _meshes.Second), first, second], pixels.Span);
        }
        else if (!_meshes.ShowsSecond)
        {
            _compositor.Render([new(_first, _meshes.First)], pixels.Span);
        }
        else
        {
            _compositor.Render([new(_first, _meshes.First), new(_last, _meshes.Second)], pixels.Span);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _first.Dispose();
        _last.Dispose();
        _figures?.Dispose();
        return ValueTask.CompletedTask;
    }
}
