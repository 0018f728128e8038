using Kinema.Engines;
using Kinema.TestSupport;

namespace Kinema.Server.Tests.Runs;

/// <summary>A test engine that keeps the request it was given.</summary>
internal sealed class SeeingEngine : IVideoEngine
{
    private readonly TestEngine _engine = new(TimeSpan.Zero, TimeProvider.System);
    private int _attempts;

    public bool ExpandsPrompts { get; init; }

    /// <summary>Whether the first attempt ends as if its machine had a bad day.</summary>
    public bool FailsFirst { get; init; }

    public VideoRequest? Seen { get; private set; }

    public EngineDescriptor Descriptor => _engine.Descriptor with { ExpandsPrompts = ExpandsPrompts };

    public EngineSupport CheckSupport(VideoRequest request) => _engine.CheckSupport(request);

    public IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        Seen = request;
        return FailsFirst && Interlocked.Increment(ref _attempts) == 1 ? throw new IOException("a bad day") : _engine.GenerateAsync(request, cancellationToken);
    }
}
