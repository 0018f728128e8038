using Kinema.Engines;
using Kinema.Motion.Cameras;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using Kinema.Motion.Threads;

namespace Kinema.Motion.Shots;

/// <summary>Renders frames of a scene for a given camera. One thread at a time.</summary>
internal sealed class SceneRenderer : IDisposable
{
    private readonly FrameCompositor _compositor;
    private readonly MeshBuilder _meshes;
    private readonly InverseDepth[] _depths;
    private readonly MeshedLayer[] _layers;

    private SceneRenderer(VideoFormat format, InverseDepth[] depths, MeshedLayer[] layers) =>
        (_compositor, _meshes, _depths, _layers) = (new(format), new(format.Width, format.Height), depths, layers);

    /// <summary>Number of mesh cells that sampled beyond the picture. A correct trajectory leaves it at zero.</summary>
    public long CellsFromOutside => _compositor.CellsFromOutside;

    /// <summary>Prepares the layers of a scene. The scene can be disposed afterwards.</summary>
    /// <param name="largestVisibleFraction">The largest part of the picture ever on screen, as a fraction of its sides.</param>
    public static SceneRenderer Prepare(Scene scene, VideoFormat format, double largestVisibleFraction, CancellationToken ct)
    {
        var layers = new MeshedLayer[scene.Layers.Count];
        try
        {
            Parallel.For(0, layers.Length, SameThreads.Options(ct), i =>
            {
                var source = LayerSource.Prepare(scene.Layers[i].Colour, scene.Layers[i].Matte, format, largestVisibleFraction, ct);
                layers[i] = new(source, new CoordinateMesh(format.Width, format.Height));
            });
        }
        catch
        {
            Array.ForEach(layers, layer => layer.Source?.Dispose());
            throw;
        }

        return new SceneRenderer(format, [.. scene.Layers.Select(layer => layer.Depth)], layers);
    }

    public void Render(CameraView view, Span<byte> frame)
    {
        for (var i = 0; i < _layers.Length; i++)
            _meshes.Fill(_layers[i].Mesh, view, _depths[i]);
        _compositor.Render(_layers, frame);
    }

    public void Dispose()
    {
        foreach (var layer in _layers)
            layer.Source.Dispose();
    }
}
