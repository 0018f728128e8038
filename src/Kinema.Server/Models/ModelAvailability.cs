using Kinema.Core.Admission;
using Kinema.Core.Catalog;

namespace Kinema.Server.Models;

/// <summary>Reports which models accept runs now.</summary>
internal sealed class ModelAvailability(IWorkerDirectory workers, EngineBindings bindings)
{
    public async Task<Func<ModelManifest, bool>> ReadAsync(CancellationToken ct)
    {
        var isServed = bindings.IsServed(await workers.ReadEnginesAsync(ct));
        return model => model.Enabled && isServed;
    }
}
