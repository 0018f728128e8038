using Kinema.Engines;
using Kinema.Motion.Rendering;

namespace Kinema.Motion.Continuation;

/// <summary>Continues a clip by moving its last frame with the clip's own velocity.</summary>
internal sealed class MomentumContinuation : IContinuation
{
    private readonly VideoFormat _format;
    private readonly MotionExtrapolation _extrapolation;
    private readonly ObjectMotion _objects;
    private readonly FilmGrain _grain;
    private readonly int _margin;
    private readonly LayerSource _source;
    private readonly CoordinateMesh _mesh;
    private readonly FrameCompositor _compositor;

    /// <param name="lastFrame">Last frame of the clip; overwritten.</param>
    public MomentumContinuation(
        byte[] lastFrame, VideoFormat format, MotionExtrapolation extrapolation, ObjectMotion objects, FilmGrain grain, CancellationToken ct)
    {
        (_format, _extrapolation, _objects, _grain) = (format, extrapolation, objects, grain);
        grain.Denoise(lastFrame, format);
        var filled = PaddedFrame.Of(lastFrame, format, PaddedFrame.MarginFor(format.Height), ct);
        _margin = filled.Margin;
        _source = LayerSource.FromYuv(filled.Pixels, filled.PixelWidth, filled.PixelHeight, ct);
        _mesh = new(format.Width, format.Height);
        _compositor = new(format);
    }

    public long CellsFromOutside => _compositor.CellsFromOutside;

    public void Render(int frame, Span<byte> pixels)
    {
        FillMesh(_extrapolation.At(frame), _extrapolation.DecayedFrames(frame));
        _compositor.Render([new MeshedLayer(_source, _mesh)], pixels);
        _grain.Add(pixels, _format, frame);
    }

    public void Dispose() => _source.Dispose();

    private void FillMesh(SimilarityTransform moved, double decayedFrames)
    {
        double height = _format.Height;
        for (var row = 0; row < _mesh.Rows; row++)
        {
            for (var column = 0; column < _mesh.Columns; column++)
            {
                var (across, down) = ((double)column * CoordinateMesh.Spacing / _format.Width, (double)row * CoordinateMesh.Spacing / height);
                var (x, y) = moved.ApplyInverse((across - 0.5) * _format.Width / height, down - 0.5);
                var (objectX, objectY) = _objects.At((x * height / _format.Width) + 0.5, y + 0.5);
                var at = (row * _mesh.Columns) + column;
                _mesh.X[at] = (float)((((x - (objectX * decayedFrames)) * height) + (_format.Width / 2.0) + _margin) / (_format.Width + (2.0 * _margin)));
                _mesh.Y[at] = (float)((((y - (objectY * decayedFrames) + 0.5) * height) + _margin) / (height + (2.0 * _margin)));
            }
        }
    }
}
