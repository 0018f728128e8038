using Kinema.Core.Runs;

namespace Kinema.Worker.Protocol;

/// <summary><c>POST /v1/worker/appends</c>: events and state of up to <see cref="WorkerProtocol.MaxAttempts"/> attempts.</summary>
internal sealed record SendAppends(IReadOnlyList<AttemptUpdate> Attempts);

/// <summary>What has happened in an attempt since its last update.</summary>
internal sealed record AttemptUpdate
{
    public required Guid RunId { get; init; }

    public required long Fence { get; init; }

    /// <summary>1, 2, 3, … within the attempt. An update that comes again is acknowledged and not written again.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whether the engine has begun.</summary>
    public bool IsRunning { get; init; }

    /// <summary>At most <see cref="WorkerProtocol.MaxEvents"/>; null for none.</summary>
    public IReadOnlyList<AttemptEvent>? Events { get; init; }

    /// <summary>Resumable state; a later attempt gets it.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Takes the place of the last one.</summary>
    public AttemptPreview? Preview { get; init; }
}

/// <param name="Type"><c>progress</c> with stage, done and total, or <c>log</c> with level and message.</param>
internal sealed record AttemptEvent(string Type, string? Stage = null, int Done = 0, int Total = 0, string? Level = null, string? Message = null);

/// <param name="ContentType">One of <see cref="RunPreview.ContentTypes"/>.</param>
/// <param name="Content">At most <see cref="RunPreview.MaxBytes"/>, base64.</param>
internal sealed record AttemptPreview(string ContentType, byte[] Content);

/// <param name="Attempts">The answers in the order of the request.</param>
internal sealed record AppendsReply(IReadOnlyList<AppendState> Attempts);

/// <param name="IsCurrent">False if nothing was written and the attempt must stop.</param>
internal sealed record AppendState(Guid RunId, long Fence, bool IsCurrent);
