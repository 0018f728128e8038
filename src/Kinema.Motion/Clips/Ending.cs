using Kinema.Engines;
using Kinema.Motion.LastFrames;
using Kinema.Motion.Paths;
using Kinema.Motion.Rendering;

namespace Kinema.Motion.Clips;

/// <summary>From a clip's last frame to a last picture: the way between the two, with the clip's own pace at its beginning.</summary>
internal sealed class Ending : IContinuation
{
    /// <summary>Heights of the frame that the clip's pace may carry; at the edges they are mirrored for a moment.</summary>
    private const double Farthest = 0.03;

    private const double SlowestFade = 10;

    private readonly VideoFormat _format;
    private readonly ITransition _transition;
    private readonly Similarity _pace;
    private readonly double _fade;
    private readonly Grain _grain;
    private readonly CoverCrop _lastCrop;
    private readonly int _frames;
    private readonly PictureMeshes _meshes;
    private readonly FrameCompositor _compositor;
    private readonly LayerSource _clip;
    private readonly LayerSource _last;

    /// <param name="lastFrame">Of the clip; overwritten.</param>
    /// <param name="frames">Frames to come; the last of them is the picture.</param>
    public Ending(byte[] lastFrame, FramedPicture last, VideoFormat format, ITransition transition, Similarity pace, Grain grain, int frames, CancellationToken ct)
    {
        (_format, _transition, _pace, _grain, _lastCrop, _frames) = (format, transition, pace, grain, last.Crop, frames);
        var speed = Math.Sqrt((pace.X * pace.X) + (pace.Y * pace.Y)) + Math.Abs(pace.Growth) + Math.Abs(pace.Turn);
        _fade = Math.Min(SlowestFade, Farthest / Math.Max(1e-9, speed));
        (_meshes, _compositor) = (new(format.Width, format.Height), new(format));
        grain.Quieten(lastFrame, format);
        _clip = LayerSource.FromYuv(lastFrame, format.Width, format.Height, ct);
        try
        {
            _last = LayerSource.Prepare(last.Pixels, null, format, 1, ct);
        }
        catch
        {
            _clip.Dispose();
            throw;
        }
    }

    public long CellsFromOutside => _compositor.CellsFromOutside;

    public void Render(int frame, Span<byte> pixels)
    {
        var time = (double)frame / _frames;
        _transition.Draw(time, _meshes);
        // The pace has been given back half way, so that the picture at the end stands where it belongs.
        var carried = _pace * (_fade * (1 - Math.Exp(-frame / _fade)) * Easing.Smooth(1 - (2 * time)));
        Carry(_meshes.First, carried);
        Carry(_meshes.Second, carried);
        _lastCrop.Place(_meshes.Second);
        // Where the picture has no opacity yet, the compositor passes it over by itself.
        _compositor.Render([new(_clip, _meshes.First), new(_last, _meshes.Second)], pixels);
        _grain.Add(pixels, _format, frame, 1 - time);
    }

    public void Dispose()
    {
        _clip.Dispose();
        _last.Dispose();
    }

    private void Carry(CoordinateMesh mesh, Similarity moved)
    {
        if (moved == Similarity.None)
            return;

        var aspect = (double)_format.Width / _format.Height;
        for (var i = 0; i < mesh.X.Length; i++)
        {
            var (x, y) = moved.Undo((mesh.X[i] - 0.5) * aspect, mesh.Y[i] - 0.5);
            (mesh.X[i], mesh.Y[i]) = (PictureMeshes.Mirrored((x / aspect) + 0.5), PictureMeshes.Mirrored(y + 0.5));
        }
    }
}
