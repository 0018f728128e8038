using Kinema.Engines;
using Kinema.Media;

namespace Kinema.Worker.Tests.Support;

/// <summary>Writes nothing but a placeholder; remembers what it was given.</summary>
internal sealed class FakeEncoder : IVideoEncoder, IPosterMaker
{
    public int Frames { get; private set; }

    public byte[] Poster { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Metadata { get; private set; } = new Dictionary<string, string>();

    public Soundtrack? Soundtrack { get; private set; }

    /// <summary>Thrown at the first frame when set.</summary>
    public Exception? Problem { get; set; }

    public IVideoEncoding Start(VideoFormat format, string outputPath, IReadOnlyDictionary<string, string> metadata, Soundtrack? soundtrack = null)
    {
        Soundtrack = soundtrack;
        Metadata = metadata;
        return new Encoding(this, outputPath);
    }

    public byte[] Encode(VideoFormat format, ReadOnlySpan<byte> frame)
    {
        Poster = frame.ToArray();
        return [1, 2, 3];
    }

    private sealed class Encoding(FakeEncoder owner, string path) : IVideoEncoding
    {
        public Task WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
        {
            owner.Frames++;
            return owner.Problem is null ? Task.CompletedTask : throw owner.Problem;
        }

        public Task FinishAsync(CancellationToken ct) => File.WriteAllTextAsync(path, "video", ct);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
