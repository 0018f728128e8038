using Kinema.Engines;
using Kinema.Media;

namespace Kinema.Worker.Receiving;

/// <summary>In place of an encoder for a file that already is what the contract promises: takes its frames, which are looked at, and writes its tracks anew.</summary>
internal sealed class RemuxingEncoder(IVideoRemuxer remuxer, string source) : IVideoEncoder
{
    public IVideoEncoding Start(VideoFormat format, string outputPath, IReadOnlyDictionary<string, string> metadata, Soundtrack? soundtrack = null) =>
        new Encoding(remuxer, source, outputPath, metadata);

    private sealed class Encoding(IVideoRemuxer remuxer, string source, string target, IReadOnlyDictionary<string, string> metadata) : IVideoEncoding
    {
        public Task WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken ct) => Task.CompletedTask;

        public Task FinishAsync(CancellationToken ct) => remuxer.RemuxAsync(source, target, metadata, ct);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
