namespace Kinema.Motion.FirstLastFrame;

/// <summary>A transition from one picture to another.</summary>
internal interface ITransition
{
    /// <summary>Fills the meshes of a frame: the source coordinates in both pictures and the opacity of the second.</summary>
    /// <param name="time">Share of the video's time: exactly the first picture at 0 and the second at 1.</param>
    /// <param name="carried">Additional camera motion: maps frame positions to those of the transition's own camera, in frame heights from the middle.</param>
    void FillMeshes(double time, TransitionMeshes meshes, in Homography carried);

    void FillMeshes(double time, TransitionMeshes meshes) => FillMeshes(time, meshes, Homography.Identity);
}
