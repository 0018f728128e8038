using Kinema.Core.Admission;
using Kinema.Core.Catalog;

namespace Kinema.Server.Models;

/// <summary>Says which models a run would be accepted for now.</summary>
internal sealed class ModelAvailability(IWorkerDirectory workers, EngineBindings bindings)
{
    public async Task<Func<ModelManifest, bool>> ReadAsync(CancellationToken ct)
    {
        var isServed = bindings.IsServed(await workers.ReadEnginesAsync(ct));
        return model => model.Enabled && isServed;
    }
}
