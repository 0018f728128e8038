namespace Kinema.Motion.FirstLastFrame;

/// <summary>A way from one picture to another.</summary>
internal interface ITransition
{
    /// <summary>Says where each pixel of a frame comes from in both pictures and how much of the second one is seen.</summary>
    /// <param name="time">Share of the video's time: at 0 exactly the first picture, at 1 exactly the second one.</param>
    /// <param name="carried">Where the frame is looked from besides: from its places to those that the way knows; heights of the frame from its middle.</param>
    void FillMeshes(double time, TransitionMeshes meshes, in Homography carried);

    void FillMeshes(double time, TransitionMeshes meshes) => FillMeshes(time, meshes, Homography.Identity);
}
