using Kinema.Core.Admission;
using Kinema.Core.Catalog;

namespace Kinema.Server.Models;

/// <summary>Reports which models accept runs now.</summary>
internal sealed class ModelAvailability(ICatalog catalog, IWorkerDirectory workers, EngineBindings bindings)
{
    public async Task<IReadOnlyList<ModelEntry>> ReadAsync(CancellationToken ct)
    {
        var engines = await workers.ReadEnginesAsync(ct);
        return [.. catalog.Models.Select(model => new ModelEntry(model, bindings.IsServed(model, engines)))];
    }

    /// <summary>Finds a model by its slug or id; null if there is none.</summary>
    public async Task<ModelEntry?> FindAsync(string slugOrId, CancellationToken ct) =>
        catalog.FindByPath(slugOrId) is { } model ? new(model, bindings.IsServed(model, await workers.ReadEnginesAsync(ct))) : null;
}
