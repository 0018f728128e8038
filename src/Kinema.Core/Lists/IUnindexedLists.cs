namespace Kinema.Core.Lists;

/// <summary>Bounds how many lists that no index serves are read at once for an organisation, whoever asks: the API and the pages share it.</summary>
public interface IUnindexedLists
{
    /// <summary>Takes a slot, after a wait if need be; dispose it after the list was read. Null if too many wait already.</summary>
    ValueTask<IDisposable?> EnterAsync(Guid orgId, CancellationToken ct);
}
