namespace Kinema.Motion.LastFrames;

/// <summary>A way from one picture to another.</summary>
internal interface ITransition
{
    /// <summary>Says where each pixel of a frame comes from in both pictures and how much of the second one is seen.</summary>
    /// <param name="time">Share of the video's time: at 0 exactly the first picture, at 1 exactly the second one.</param>
    void Draw(double time, PictureMeshes meshes);
}
