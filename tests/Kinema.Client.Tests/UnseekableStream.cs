namespace Kinema.Client.Tests;

/// <summary>A stream as a network or a pipe gives it.</summary>
internal sealed class UnseekableStream(byte[]? content = null) : MemoryStream(content ?? [])
{
    public bool WasClosed { get; private set; }

    public override bool CanSeek => false;

    protected override void Dispose(bool disposing)
    {
        WasClosed = true;
        base.Dispose(disposing);
    }
}
