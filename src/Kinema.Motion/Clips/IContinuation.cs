namespace Kinema.Motion.Clips;

/// <summary>What comes after a clip.</summary>
internal interface IContinuation : IDisposable
{
    /// <param name="frame">1 is the first after the clip.</param>
    void Render(int frame, Span<byte> pixels);
}
