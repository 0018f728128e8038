namespace Kinema.Core.Catalog;

/// <summary>Catalogue of a set of manifests, ordered by slug.</summary>
public sealed class ManifestCatalog : ICatalog
{
    private readonly Dictionary<string, ModelManifest> _bySlug = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, ModelManifest> _byId = [];

    /// <exception cref="ManifestException">Two manifests share a slug or an id.</exception>
    public ManifestCatalog(IEnumerable<ModelManifest> models)
    {
        Models = [.. models.OrderBy(m => m.Slug, StringComparer.Ordinal)];
        foreach (var model in Models)
        {
            if (!_bySlug.TryAdd(model.Slug, model))
                throw new ManifestException($"Two manifests have the slug {model.Slug}.");
            if (!_byId.TryAdd(model.Id, model))
                throw new ManifestException($"{model.Slug} and {_byId[model.Id].Slug} have the same id {model.Id}.");
        }
    }

    public IReadOnlyList<ModelManifest> Models { get; }

    public ModelManifest? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    public ModelManifest? Find(Guid id) => _byId.GetValueOrDefault(id);
}
