namespace Kinema.Motion.Rendering;

/// <summary>One layer of a frame: its planes and its warp mesh.</summary>
internal readonly record struct MeshedLayer(LayerSource Source, CoordinateMesh Mesh);
