namespace Kinema.Motion.Continuation;

/// <summary>Renders the frames after a clip.</summary>
internal interface IContinuation : IDisposable
{
    /// <summary>Number of mesh cells as counted by <see cref="Shots.IShot.CellsFromOutside"/>.</summary>
    long CellsFromOutside { get; }

    /// <param name="frame">Frame index after the clip; 1 is the first.</param>
    void Render(int frame, Span<byte> pixels);
}
