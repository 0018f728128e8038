namespace Kinema.Engines;

/// <summary>An engine that generates a video from inspected inputs. It does not know about HTTP routes, runs, money or databases.</summary>
public interface IVideoEngine
{
    /// <summary>Identity and capabilities of the engine; constant while the process runs.</summary>
    EngineDescriptor Descriptor { get; }

    /// <summary>Checks whether the engine supports the request, after its media have been fetched and inspected.</summary>
    EngineSupport CheckSupport(VideoRequest request);

    /// <summary>
    /// Generates the video. Yields one <see cref="EngineEvent.Started"/> before the first <see cref="EngineEvent.Frame"/>, then exactly
    /// <see cref="VideoFormat.FrameCount"/> frames in order. Log messages and previews may come at any point between.
    /// </summary>
    /// <param name="request">The validated request. Its files stay readable until the enumeration ends.</param>
    /// <param name="cancellationToken">Cancels the generation; the engine must stop within two seconds, even inside a step.</param>
    /// <exception cref="EngineException">The generation failed permanently; the message is safe to show to the caller.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, CancellationToken cancellationToken);
}
