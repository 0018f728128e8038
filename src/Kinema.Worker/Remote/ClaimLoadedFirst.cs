using System.Collections.Concurrent;
using Kinema.Core.Runs;
using Kinema.Worker.Protocol;

namespace Kinema.Worker.Remote;

/// <summary>
/// Claims a run whose weights a worker has in memory before one whose weights it would have to load, for at most 8 starts in a row. Organizations take turns all the
/// same: among those with a run of a loaded engine while such runs are preferred, and among all after that.
/// </summary>
internal sealed class ClaimLoadedFirst(IWorkerLedger ledger)
{
    private const int MostInARow = 8;

    private readonly ConcurrentDictionary<Guid, int> _inARow = new();

    /// <remarks>Not cancellable: a committed claim without a reader would block its run until the worker asks again.</remarks>
    public async Task<ClaimedRun?> HandleAsync(Guid workerId, ClaimWork request)
    {
        var isMixed = request.Loaded is { Count: > 0 } loaded && loaded.Count < request.Engines.Count;
        if (isMixed && _inARow.GetValueOrDefault(workerId) < MostInARow && await ClaimAsync(workerId, request.Loaded!) is { } warm)
        {
            _inARow.AddOrUpdate(workerId, 1, (_, count) => count + 1);
            return warm;
        }

        var claim = await ClaimAsync(workerId, request.Engines);
        if (claim is not null)
            _inARow.TryRemove(workerId, out _);
        return claim;
    }

    private Task<ClaimedRun?> ClaimAsync(Guid workerId, IReadOnlyList<string> engines) => ledger.ClaimAsync(new(workerId, workerId, engines), CancellationToken.None);
}
