namespace Kinema.Client.Tests;

/// <summary>A stream whose reads are steps of a script, each the bytes of one read, and then the end.</summary>
internal sealed class ScriptedStream(params Func<CancellationToken, Task<byte[]>>[] steps) : MemoryStream
{
    private int _next;

    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_next == steps.Length)
            return 0;
        var bytes = await steps[_next++](cancellationToken);
        bytes.CopyTo(buffer);
        return bytes.Length;
    }
}
