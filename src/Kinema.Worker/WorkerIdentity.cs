using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Engines;
using Microsoft.Extensions.Options;

namespace Kinema.Worker;

/// <summary>Identity of this worker process: its id and its engines.</summary>
internal sealed class WorkerIdentity(IEnumerable<IVideoEngine> engines, IStore store, IOptions<WorkerOptions> options, TimeProvider timeProvider)
{
    private readonly Dictionary<string, IVideoEngine> _engines = engines.ToDictionary(e => e.Descriptor.Id, StringComparer.Ordinal);

    public Guid WorkerId { get; } = Guid.CreateVersion7(timeProvider.GetUtcNow());

    public Guid InstanceId => store.InstanceId;

    public IVideoEngine Engine(string id) => _engines[id];

    public WorkerRegistration Registration() =>
        new(WorkerId, InstanceId, options.Value.Name, options.Value.Concurrency, [.. _engines.Values.Select(e => e.Descriptor)]);

    public ClaimRequest Claim() => new(WorkerId, InstanceId, [.. _engines.Keys]);
}
