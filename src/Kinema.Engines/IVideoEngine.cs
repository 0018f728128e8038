namespace Kinema.Engines;

/// <summary>Turns checked inputs into a video. It knows nothing of HTTP routes, runs, money or databases.</summary>
public interface IVideoEngine
{
    /// <summary>Who the engine is and what it can do; constant for the life of the process.</summary>
    EngineDescriptor Descriptor { get; }

    /// <summary>Says whether this request can be served, once its media have been fetched and probed.</summary>
    EngineSupport CheckSupport(VideoRequest request);

    /// <summary>
    /// Generates the video. Yields one <see cref="EngineEvent.Started"/> before the first <see cref="EngineEvent.Frame"/>, then exactly
    /// <see cref="VideoFormat.FrameCount"/> frames in order, with notes and previews anywhere between.
    /// </summary>
    /// <param name="request">The checked request. Paths in it stay readable until the enumeration ends.</param>
    /// <param name="cancellationToken">Honoured within two seconds, inside a step too.</param>
    /// <exception cref="EngineException">The engine cannot go on; the message may be shown to the caller.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, CancellationToken cancellationToken);
}
