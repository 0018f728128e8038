using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Motion.Audio;
using Kinema.Motion.Rendering;
using Kinema.Motion.Shots;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Renders the transition from one picture to another: two layers, each with its mesh.</summary>
internal sealed class LastFrameShot : IShot
{
    private readonly LayerSource _first;
    private readonly LayerSource _last;
    private readonly MovingObjectLayers? _movingObjects;
    private readonly CenterCrop _firstCrop;
    private readonly CenterCrop _lastCrop;
    private readonly ITransition _transition;
    private readonly FrameCompositor _compositor;
    private readonly TransitionMeshes _meshes;

    private LastFrameShot(
        VideoFormat format, LayerSource first, LayerSource last, MovingObjectLayers? movingObjects,
            CenterCrop firstCrop, CenterCrop lastCrop, ITransition transition)
    {
        (Format, _first, _last, _movingObjects, _firstCrop, _lastCrop, _transition) = (format, first, last, movingObjects, firstCrop, lastCrop, transition);
        (_compositor, _meshes) = (new(format), new(format.Width, format.Height));
    }

    public VideoFormat Format { get; }

    public required JsonObject Record { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required AudioSpeedRamp SpeedRamp { get; init; }

    public Soundtrack? Soundtrack => SpeedRamp.Soundtrack;

    public long CellsFromOutside => _compositor.CellsFromOutside;

    /// <param name="movingObjects">Moving object layers, owned by the shot from now on; null if there are none.</param>
    public static LastFrameShot Prepare(
        VideoFormat format, FramedPicture first, FramedPicture last, MovingObjectLayers? movingObjects, ITransition transition,
        AudioSpeedRamp speedRamp, JsonObject record, IReadOnlyList<string> notes, CancellationToken ct)
    {
        List<LayerSource> sources = [];
        try
        {
            sources.Add(first.ToLayerSource(null, format, ct));
            sources.Add(last.ToLayerSource(null, format, ct));
            return new(format, sources[0], sources[1], movingObjects, first.Crop, last.Crop, transition) { Record = record, Notes = notes, SpeedRamp = speedRamp };
        }
        catch
        {
            sources.ForEach(source => source.Dispose());
            movingObjects?.Dispose();
            throw;
        }
    }

    public ValueTask RenderAsync(int frame, Memory<byte> pixels, CancellationToken ct)
    {
        var time = SpeedRamp.PositionAt(frame) / (Format.FrameCount - 1);
        _transition.FillMeshes(time, _meshes);
        _firstCrop.ToPixelFractions(_meshes.First);
        _lastCrop.ToPixelFractions(_meshes.Second);
        if (_movingObjects is not null && frame > 0 && frame < Format.FrameCount - 1)
        {
            var (first, second) = _movingObjects.At(time);
            _compositor.Render([new(_movingObjects.FirstPlate, _meshes.First), new(_movingObjects.SecondPlate, _meshes.Second), first, second], pixels.Span);
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
        _movingObjects?.Dispose();
        return ValueTask.CompletedTask;
    }
}
