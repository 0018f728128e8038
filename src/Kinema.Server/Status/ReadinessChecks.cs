using Kinema.Core.Admission;
using Kinema.Core.Storage;

namespace Kinema.Server.Status;

internal sealed class StoreReadiness(IStore store) : IReadinessCheck
{
    public string Name => "store";

    public Task<string?> FindProblemAsync(CancellationToken ct) => store.CheckAsync(ct);
}

internal sealed class DiskReadiness(IDataFolders folders, IDiskSpaceCheck diskSpace) : IReadinessCheck
{
    public string Name => "disk";

    public Task<string?> FindProblemAsync(CancellationToken ct) =>
        Task.FromResult(folders.FindProblem()
            ?? (diskSpace.HasFreeSpace ? null : "fewer bytes are free on the data volume than Server:MinFreeBytes asks for"));
}

internal sealed class WorkerReadiness(IWorkerDirectory workers) : IReadinessCheck
{
    public string Name => "worker";

    public async Task<string?> FindProblemAsync(CancellationToken ct) =>
        (await workers.ReadEnginesAsync(ct)).Count == 0 ? "no worker has registered an engine" : null;
}
