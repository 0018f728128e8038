using Kinema.Core.Admission;
using Kinema.Engines;

namespace Kinema.Worker.Tests.Support;

/// <summary>Knows no engine.</summary>
internal sealed class FakeDirectory : IWorkerDirectory
{
    public Task<IReadOnlyDictionary<string, EngineDescriptor>> ReadEnginesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, EngineDescriptor>>(new Dictionary<string, EngineDescriptor>());
}
