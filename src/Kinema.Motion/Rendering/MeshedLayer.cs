namespace Kinema.Motion.Rendering;

/// <summary>One layer of a frame: what it shows, and where each pixel of the frame finds it.</summary>
internal readonly record struct MeshedLayer(LayerSource Source, CoordinateMesh Mesh);
