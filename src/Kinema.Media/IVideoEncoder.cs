using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Encodes MP4 files.</summary>
public interface IVideoEncoder
{
    /// <summary>Starts an encoder that writes to <paramref name="outputPath"/>.</summary>
    /// <param name="soundtrack">Audio track, cut or padded to the video's length; null for a silent file.</param>
    /// <exception cref="EncodingException">The encoder cannot be started.</exception>
    IVideoEncoding Start(VideoFormat format, string outputPath, IReadOnlyDictionary<string, string> metadata, Soundtrack? soundtrack = null);
}

/// <summary>A running encode. Disposing it before <see cref="FinishAsync"/> kills the encoder process.</summary>
public interface IVideoEncoding : IAsyncDisposable
{
    /// <summary>Writes one frame, in order.</summary>
    /// <exception cref="EncodingException">The encoder ended early; the message contains the end of its stderr.</exception>
    Task WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken ct);

    /// <summary>Finishes the file; it is complete when this returns.</summary>
    /// <exception cref="EncodingException">The encoder failed or the frame count is wrong.</exception>
    Task FinishAsync(CancellationToken ct);
}

public sealed class EncodingException : Exception
{
    public EncodingException()
    {
    }

    public EncodingException(string message)
        : base(message)
    {
    }

    public EncodingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
