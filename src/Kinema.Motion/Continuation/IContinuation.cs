namespace Kinema.Motion.Continuation;

/// <summary>What comes after a clip.</summary>
internal interface IContinuation : IDisposable
{
    /// <summary>As <see cref="Shots.IShot.CellsFromOutside"/> counts them.</summary>
    long CellsFromOutside { get; }

    /// <param name="frame">1 is the first after the clip.</param>
    void Render(int frame, Span<byte> pixels);
}
