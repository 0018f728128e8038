namespace Kinema.Core.Callbacks;

/// <summary>Organisations that get no callbacks for now. Their deliveries wait as they are and no attempt is counted; a pause outlives the server.</summary>
public interface ICallbackPauses
{
    /// <summary>Ends the sending, except of attempts that are under way. Repeating it changes nothing.</summary>
    Task<CallbackPause> PauseAsync(Guid orgId, CancellationToken ct);

    /// <summary>Lets what waits go out. Repeating it changes nothing.</summary>
    Task<CallbackPause> ResumeAsync(Guid orgId, CancellationToken ct);

    Task<CallbackPause> ReadAsync(Guid orgId, CancellationToken ct);

    /// <summary>Returns the paused organisations.</summary>
    Task<IReadOnlyList<Guid>> ListAsync(CancellationToken ct);
}

/// <param name="PausedAt">Since when nothing is sent; null if it is.</param>
/// <param name="Waiting">Deliveries that wait, for their time or for the end of the pause.</param>
/// <param name="UnderWay">Attempts under way. Once a pause has none left, nothing signed with the old secret can arrive any more.</param>
public sealed record CallbackPause(DateTimeOffset? PausedAt, int Waiting, int UnderWay);
