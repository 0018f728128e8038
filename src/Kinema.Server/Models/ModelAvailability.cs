using Kinema.Core.Admission;
using Kinema.Core.Catalog;

namespace Kinema.Server.Models;

/// <summary>Reports which models accept runs now.</summary>
internal sealed class ModelAvailability(ICatalog catalog, IWorkerDirectory workers, EngineBindings bindings)
{
    public async Task<IReadOnlyList<ModelEntry>> ReadAsync(CancellationToken ct)
    {
        var isServed = await IsServedAsync(ct);
        return [.. catalog.Models.Select(model => new ModelEntry(model, isServed))];
    }

    /// <summary>Finds a model by its slug or id; null if there is none.</summary>
    public async Task<ModelEntry?> FindAsync(string slugOrId, CancellationToken ct) =>
        catalog.FindByPath(slugOrId) is { } model ? new(model, await IsServedAsync(ct)) : null;

    private async Task<bool> IsServedAsync(CancellationToken ct) => bindings.IsServed(await workers.ReadEnginesAsync(ct));
}
