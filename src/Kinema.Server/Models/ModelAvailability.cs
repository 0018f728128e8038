using Kinema.Core.Admission;
using Kinema.Core.Catalog;

namespace Kinema.Server.Models;

/// <summary>Reports which models accept runs now.</summary>
internal sealed class ModelAvailability(ICatalog catalog, IWorkerDirectory workers, EngineBindings bindings)
{
    public async Task<IReadOnlyList<ModelEntry>> ReadAsync(CancellationToken ct)
    {
        var isServed = bindings.IsServed(await workers.ReadEnginesAsync(ct));
        return [.. catalog.Models.Select(model => new ModelEntry(model, isServed))];
    }
}
